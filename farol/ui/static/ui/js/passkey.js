// A form with data-passkey asks the device for its key ("get") or for a new one ("create") and sends what it answers.
// Without scripts, or in a browser that knows no passkeys, it stays away.
const isAble = Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON)

const question = async (form) => {
  if (!form.dataset.question) return { options: JSON.parse(form.dataset.options), state: form.elements.state.value }
  const answer = await fetch(form.dataset.question, { headers: { Accept: "application/json" } })
  return answer.json()
}

const asked = (kind, options) =>
  kind === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })

const say = (form, error) => {
  const isCancelled = error.name === "NotAllowedError" || error.name === "AbortError"
  const key = error.name === "InvalidStateError" ? "known" : error.name === "SecurityError" ? "place" : isCancelled ? "cancelled" : "failed"
  const place = form.querySelector("[data-passkey-trouble]")
  place.textContent = form.dataset[key] ?? form.dataset.failed
  place.hidden = false
}

const send = async (form) => {
  try {
    const { options, state } = await question(form)
    const key = await asked(form.dataset.passkey, options)
    form.elements.state.value = state
    form.elements.answer.value = JSON.stringify(key.toJSON())
    form.requestSubmit()
  } catch (error) {
    say(form, error)
  }
}

if (isAble) {
  for (const place of document.querySelectorAll("form[data-passkey], [data-with-passkey]")) place.hidden = false
  for (const button of document.querySelectorAll("[data-yields]")) button.classList.remove("button-primary")
  // before the frame's own listener, which would count the form as sent
  document.addEventListener("submit", (event) => {
    const form = event.target
    if (!form.dataset?.passkey || form.elements.answer.value) return
    event.preventDefault()
    send(form)
  }, { capture: true })
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-passkey]")) form.elements.answer.value = ""
  })
}
