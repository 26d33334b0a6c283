// Openers: data-opens="dialog-id", data-toggles="panel-id". A link keeps its address for whoever has no scripts.
const hasTyped = (dialog) =>
  [...dialog.querySelectorAll("textarea, input[type=text]")].some((field) => field.value !== field.defaultValue)

const open = (dialog) => {
  dialog.showModal()
  const wanted = ["[autofocus]", "[aria-invalid=true]", "textarea, input:not([type=hidden])"]
  wanted.map((selector) => dialog.querySelector(selector)).find(Boolean)?.focus()
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-opens]")
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens)
    if (!dialog) return
    event.preventDefault()
    open(dialog)
    dialog.addEventListener("close", () => opener.focus(), { once: true })
    return
  }
  const toggler = event.target.closest?.("[data-toggles]")
  if (toggler) {
    const panel = document.getElementById(toggler.dataset.toggles)
    toggler.setAttribute("aria-expanded", String(panel.classList.toggle("is-open")))
    return
  }
  const closer = event.target.closest?.("[data-closes]")
  const within = closer?.closest("dialog")
  if (within) {
    event.preventDefault()
    within.close()
  }
})

document.addEventListener("cancel", (event) => {
  if (event.target instanceof HTMLDialogElement && hasTyped(event.target)) event.preventDefault()
}, true)

for (const dialog of document.querySelectorAll("dialog[data-open-now]")) open(dialog)
