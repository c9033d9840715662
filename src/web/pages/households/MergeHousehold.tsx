export default function MergeHousehold() {
  return null
}
