export default function EditHousehold() {
  return null
}
