// Ready answers: "/" at the start of a line opens them, typing filters, what is chosen goes in where one writes.
const composer = document.getElementById("composer-body")
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

const filter = (input) => {
  const wanted = plain(input.value).split(/\s+/).filter(Boolean)
  let isFirst = true
  for (const row of document.getElementById(input.dataset.filters).children) {
    const text = plain(row.textContent)
    row.hidden = !wanted.every((word) => text.includes(word))
    row.classList.toggle("is-first", !row.hidden && isFirst)
    if (!row.hidden) isFirst = false
  }
}

const insert = (text) => {
  document.getElementById("act-dialog")?.close()
  composer.focus()
  composer.setRangeText(text, composer.selectionStart, composer.selectionEnd, "end")
  composer.dispatchEvent(new Event("input", { bubbles: true }))
}

document.addEventListener("input", (event) => event.target.matches("[data-filters]") && filter(event.target))
document.addEventListener("keydown", (event) => {
  if (event.target.matches?.("[data-filters]") && event.key === "Enter") {
    event.preventDefault()
    document.getElementById(event.target.dataset.filters).querySelector("li:not([hidden]) [data-inserts]")?.click()
  }
  if (event.target !== composer || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return
  const before = composer.value.slice(0, composer.selectionStart)
  if (before && !before.endsWith("\n")) return
  event.preventDefault()
  document.querySelector("[data-models]")?.click()
})
document.addEventListener("click", (event) => {
  const choice = event.target.closest?.("[data-inserts]")
  if (!choice || !composer || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  insert(choice.dataset.inserts)
})
