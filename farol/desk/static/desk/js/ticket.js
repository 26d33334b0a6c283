// A dialog's form comes from its own page: fetched into the one dialog of the workspace, opened when it is there.
const dialog = document.getElementById("act-dialog")
const place = document.getElementById("act-body")

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== place) return
  if (!dialog.open) dialog.showModal()
  document.dispatchEvent(new CustomEvent("farol:act", { detail: place }))
  const first = place.querySelector("[aria-invalid=true], textarea, select, input:not([type=hidden], [type=file])")
  first?.focus()
})

// Signed out meanwhile: sent as a whole page, the form comes to the sign-in, which keeps what was typed.
document.addEventListener("htmx:responseError", (event) => {
  const form = event.detail.elt
  if (event.detail.xhr.status === 401 && form.matches("form")) HTMLFormElement.prototype.submit.call(form)
})

dialog?.addEventListener("close", () => place.replaceChildren())

document.querySelector(".queue-item[aria-current]")?.scrollIntoView({ block: "nearest" })

// From a queue one comes with what one wants to do: #responder, #nota, #transferir.
const wanted = { "#responder": "r", "#nota": "n", "#transferir": "t" }[location.hash]
if (wanted) {
  history.replaceState(null, "", location.pathname)
  const control = document.querySelector(`[data-key="${wanted}"]`)
  control?.click()
  document.getElementById(control?.dataset.focuses)?.focus()
}

const panes = document.querySelector("[data-ticket]")

// What was refused is shown at the address it was sent to, which nobody can come back to.
const address = location.pathname.match(/^.*\/chamados\/\d+/)?.[0]
if (panes && address && address !== location.pathname) history.replaceState(null, "", address)

// What a reader has in sight is not unread in the lists.
const tellRead = () => {
  if (!panes || document.hidden) return
  panes.querySelector(`.queue-item[data-number="${panes.dataset.ticket}"]`)?.classList.remove("is-unread")
  fetch(`${location.pathname}/leitura?ate=${panes.dataset.entry}`, { keepalive: true }).catch(() => {})
}
tellRead()
for (const name of ["farol:ticket", "visibilitychange"]) document.addEventListener(name, tellRead)
