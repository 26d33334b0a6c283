// A button with data-reveals="field-id" shows and hides a password; without scripts it stays away.
for (const button of document.querySelectorAll("[data-reveals]")) {
  const field = document.getElementById(button.dataset.reveals)
  button.hidden = false
  button.addEventListener("click", () => {
    const isShown = field.type === "text"
    field.type = isShown ? "password" : "text"
    button.setAttribute("aria-pressed", String(!isShown))
  })
  field.form?.addEventListener("submit", () => { field.type = "password" })
}
