// A form is sent once; its button says so while it travels. Ctrl+Enter sends from a text.
const labels = new WeakMap()

const release = (form) => {
  delete form.dataset.sending
  for (const button of form.querySelectorAll(".is-busy")) {
    button.classList.remove("is-busy")
    button.querySelector(".spinner")?.remove()
    const [label, text] = labels.get(button) ?? []
    if (label) label.textContent = text
  }
}

const busy = (button) => {
  button.style.minWidth = `${button.offsetWidth}px`
  button.classList.add("is-busy")
  const spinner = document.createElement("span")
  spinner.className = "spinner"
  button.prepend(spinner)
  const label = [...button.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim())
  if (!label || !button.dataset.busy) return
  labels.set(button, [label, label.textContent])
  label.textContent = button.dataset.busy
}

document.addEventListener("submit", (event) => {
  const form = event.target
  if (form.method === "get" || form.method === "dialog" || event.defaultPrevented) return
  if (form.dataset.sending) return event.preventDefault()
  form.dataset.sending = "yes"
  if (event.submitter?.classList.contains("button")) setTimeout(busy, 0, event.submitter)
})

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.form) return
  const wanted = event.shiftKey ? "[data-send-and-wait]" : ":is([type=submit], button:not([type])):not([data-send-and-wait])"
  const button = [...event.target.form.querySelectorAll(wanted)].find((one) => one.form === event.target.form && one.checkVisibility())
  if (!button) return
  event.preventDefault()
  event.target.form.requestSubmit(button)
})

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form")
  if (form) release(form)
})
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(release))
