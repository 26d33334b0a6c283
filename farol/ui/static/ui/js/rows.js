// J and K (or the arrows) move a cursor over [data-row]; Enter opens, X selects, Shift+X selects a range.
let last = -1

const rows = () => [...document.querySelectorAll("[data-row]")]
const isFree = (event) =>
  !event.ctrlKey && !event.metaKey && !event.altKey && document.documentElement.dataset.shortcuts !== "off" &&
  localStorage.getItem("farol-shortcuts-off") !== "yes" &&
  !document.querySelector("dialog[open]") && !event.target.matches?.("textarea, select, input:not([type=checkbox])")

const at = (all) => all.findIndex((row) => row.classList.contains("is-cursor"))

const move = (all, step) => {
  const from = at(all)
  const to = Math.min(Math.max(from + step, 0), all.length - 1)
  all[from]?.classList.remove("is-cursor")
  all[to].classList.add("is-cursor")
  all[to].scrollIntoView({ block: "nearest" })
  all[to].querySelector("a[href]")?.focus({ preventScroll: true })
}

const select = (all, isRange) => {
  const here = at(all)
  const box = all[here]?.querySelector("input[type=checkbox]")
  if (!box) return
  box.checked = !box.checked
  const [from, to] = isRange && last >= 0 ? [Math.min(last, here), Math.max(last, here)] : [here, here]
  for (const row of all.slice(from, to + 1)) row.querySelector("input[type=checkbox]").checked = box.checked
  last = here
  box.dispatchEvent(new Event("change", { bubbles: true }))
}

document.addEventListener("keydown", (event) => {
  const all = rows()
  if (!all.length || !isFree(event)) return
  const key = event.key.toLowerCase()
  if (key === "j" || key === "arrowdown") move(all, 1)
  else if (key === "k" || key === "arrowup") move(all, -1)
  else if (key === "x") select(all, event.shiftKey)
  else if (key === "enter" && event.target === document.body) all[at(all)]?.querySelector("a[href]")?.click()
  else return
  event.preventDefault()
})

document.addEventListener("change", (event) => {
  if (!event.target.matches?.("[data-select-all]")) return
  for (const box of document.querySelectorAll("[data-row] input[type=checkbox]")) box.checked = event.target.checked
})
