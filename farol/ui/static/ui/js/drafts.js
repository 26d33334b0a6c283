// form[data-draft="key"] keeps what is typed in this browser until it was sent and accepted.
const prefix = "farol-draft:"
const pending = "farol-draft-sent"

const texts = (form) => [...form.querySelectorAll("textarea, input[type=text][data-kept]")]

const say = (form, at) => {
  const status = form.querySelector("[data-draft-status]")
  if (!status) return
  const minute = String(at.getMinutes()).padStart(2, "0")
  status.textContent = status.dataset.draftStatus.replace("{hour}", at.getHours()).replace("{minute}", minute)
  const discard = form.querySelector("[data-draft-discard]")
  if (discard) discard.hidden = false
}

const save = (form) => {
  form.dispatchEvent(new Event("draft-kept", { bubbles: true }))
  const values = Object.fromEntries(texts(form).map((field) => [field.name, field.value]))
  if (Object.values(values).every((value) => !value)) return localStorage.removeItem(prefix + form.dataset.draft)
  localStorage.setItem(prefix + form.dataset.draft, JSON.stringify({ values, at: Date.now() }))
  say(form, new Date())
}

const restore = (form) => {
  const kept = JSON.parse(localStorage.getItem(prefix + form.dataset.draft) ?? "null")
  if (!kept) return
  const isNewer = form.dataset.draftAt && kept.at > Date.parse(form.dataset.draftAt)
  for (const field of texts(form)) {
    if ((!field.value || isNewer) && kept.values[field.name]) field.value = kept.values[field.name]
  }
  say(form, new Date(kept.at))
}

// The page that follows a success carries a toast; only then is the draft given up.
const sent = sessionStorage.getItem(pending)
if (sent && document.querySelector(".toast")) localStorage.removeItem(prefix + sent)
sessionStorage.removeItem(pending)

const timers = new WeakMap()
document.querySelectorAll("form[data-draft]").forEach(restore)
document.addEventListener("input", (event) => {
  const form = event.target.form
  if (!form?.dataset.draft) return
  clearTimeout(timers.get(form))
  timers.set(form, setTimeout(save, 800, form))
})
document.addEventListener("submit", (event) => {
  const isDiscard = event.target.id === "draft-discard"
  const form = isDiscard ? event.submitter?.closest("[data-draft]") : event.target
  if (!form?.dataset.draft) return
  clearTimeout(timers.get(form))
  if (!isDiscard) save(form)
  sessionStorage.setItem(pending, form.dataset.draft)
})
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-draft]")
  if (form && event.detail.successful) localStorage.removeItem(prefix + form.dataset.draft)
})
