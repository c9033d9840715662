export default function AddHousehold() {
  return null
}
