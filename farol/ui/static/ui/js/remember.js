// details[data-remember="key"] stays open or closed as it was left.
const prefix = "farol-open:"

for (const section of document.querySelectorAll("details[data-remember]")) {
  const kept = localStorage.getItem(prefix + section.dataset.remember)
  if (kept) section.open = kept === "yes"
  section.addEventListener("toggle", () => {
    localStorage.setItem(prefix + section.dataset.remember, section.open ? "yes" : "no")
  })
}
