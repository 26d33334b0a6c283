// Lists what was chosen in input[data-files="list-id"], lets one take a file out, and shows the progress of sending.
const unit = (octets) => {
  const number = (value, digits) => value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits })
  return octets < 1048576 ? `${number(Math.ceil(octets / 1024), 0)} kB` : `${number(octets / 1048576, 1)} MB`
}

const without = (input, index) => {
  const rest = new DataTransfer()
  ;[...input.files].forEach((file, place) => place !== index && rest.items.add(file))
  input.files = rest.files
  list(input)
}

const row = (input, file, index) => {
  const item = document.getElementById("file-row").content.firstElementChild.cloneNode(true)
  item.querySelector(".name").textContent = file.name
  item.querySelector(".size").textContent = unit(file.size)
  item.querySelector("button").addEventListener("click", () => without(input, index))
  const limit = Number(input.dataset.limit)
  const error = item.querySelector(".field-error")
  error.hidden = !limit || file.size <= limit
  item.classList.toggle("is-refused", !error.hidden)
  error.lastElementChild.textContent = input.dataset.tooLarge?.replace("{size}", unit(file.size)) ?? ""
  return item
}

const list = (input) => {
  const place = document.getElementById(input.dataset.files)
  place.replaceChildren(...[...input.files].map((file, index) => row(input, file, index)))
  input.setCustomValidity(place.querySelector(".is-refused .field-error span")?.textContent ?? "")
}

document.addEventListener("change", (event) => event.target.matches?.("input[data-files]") && list(event.target))
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    event.target.closest?.(".drop")?.classList.toggle("is-over", name === "dragover")
  })
}
const progress = (form, value) => {
  for (const bar of form.querySelectorAll(".file-row progress")) {
    bar.hidden = false
    if (value >= 0) bar.value = value
    else bar.removeAttribute("value")
  }
}
document.addEventListener("submit", (event) => progress(event.target, -1))
document.addEventListener("htmx:xhr:progress", (event) => {
  const isText = event.target.getAttribute("hx-encoding")?.endsWith("urlencoded")
  if (event.detail.lengthComputable && !isText) progress(event.target, event.detail.loaded / event.detail.total)
})
