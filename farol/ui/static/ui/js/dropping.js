// Files that are dropped on a form or pasted into its text come to those that were chosen.
const add = (input, files) => {
  const all = new DataTransfer()
  for (const file of [...input.files, ...files]) all.items.add(file)
  input.files = all.files
  input.dispatchEvent(new Event("change", { bubbles: true }))
}
const inputOf = (node) => node.closest?.("form")?.querySelector("input[data-files]")
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const input = inputOf(event.target)
    if (!input || event.target.closest(".drop") || !event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    input.form.classList.toggle("is-over", name === "dragover")
    if (name === "drop") add(input, event.dataTransfer.files)
  })
}
document.addEventListener("paste", (event) => {
  const input = event.target.matches?.("textarea") && inputOf(event.target)
  if (!input || !event.clipboardData.files.length) return
  event.preventDefault()
  add(input, event.clipboardData.files)
})
