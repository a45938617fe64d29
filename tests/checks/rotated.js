// The words of the page, to compare one way of holding the device with the other (RGAA 13.9).
return [document.querySelector('main').innerText.replace(/\s+/g, ' ').trim()];
