// A calendar file of deadlines (RFC 5545), made in the browser: no date leaves the device.

const fold = (line) => line.match(/.{1,24}/gu).join("\r\n ");
const escape = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");
const plain = (day) => day.replaceAll("-", "");

/** The file of `events`: `{ day: "2026-09-10", title }`. `url` leads back to the result. */
export function calendar(events, url) {
  const stamp = `${plain(new Date().toISOString().slice(0, 19)).replaceAll(":", "")}Z`;
  const lines = events.flatMap(({ day, title }, index) => [
    "BEGIN:VEVENT",
    `UID:${plain(day)}-${index}@mediation-logement`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${plain(day)}`,
    fold(`SUMMARY:${escape(title)}`),
    fold(`DESCRIPTION:${escape(url)}`),
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    fold(`DESCRIPTION:${escape(title)}`),
    "TRIGGER:-P3D",
    "END:VALARM",
    "END:VEVENT",
  ]);
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mediation Logement//FR", ...lines, "END:VCALENDAR", ""].join("\r\n");
}
