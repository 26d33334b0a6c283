// An item with data-long-enough="15" data-of="field-id" is ticked while that field holds so many characters.
for (const item of document.querySelectorAll("[data-long-enough]")) {
  const field = document.getElementById(item.dataset.of)
  const look = () => item.classList.toggle("is-met", [...field.value].length >= Number(item.dataset.longEnough))
  field.addEventListener("input", look)
  look()
}
