// What form[data-draft-url] keeps in this browser the server keeps too, for another day or another computer.
const upload = async (form) => {
  const facts = new URLSearchParams()
  for (const name of ["csrfmiddlewaretoken", "seen", "internal", "body"]) facts.set(name, new FormData(form).get(name) ?? "")
  try {
    await fetch(form.dataset.draftUrl, { method: "POST", body: facts })
  } catch {
    // Offline: this browser still has it.
  }
}

document.addEventListener("draft-kept", (event) => {
  const form = event.target
  if (form.dataset.draftUrl && !form.dataset.sending) upload(form)
})
