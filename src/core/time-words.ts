const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A number of seconds as people say it: `9 h 12 min`, `4 min`, `expired`. Rounded down. */
export function durationWords(seconds: number): string {
  if (seconds <= 0) return "expired";
  if (seconds < minute) return `${Math.floor(seconds)} s`;
  if (seconds < hour) return `${Math.floor(seconds / minute)} min`;
  if (seconds < 2 * day) return twoUnits(seconds, [hour, "h"], [minute, "min"]);
  return twoUnits(seconds, [day, "d"], [hour, "h"]);
}

type Unit = readonly [seconds: number, name: string];

function twoUnits(seconds: number, [large, name]: Unit, [small, smallName]: Unit): string {
  const rest = Math.floor((seconds % large) / small);
  const first = `${Math.floor(seconds / large)} ${name}`;
  return rest === 0 ? first : `${first} ${rest} ${smallName}`;
}

const dayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** A time on the clock of this place: `21:14`, `Mon 21:14` within a week, else `2019-11-10`. */
export function localTime(time: Date, now: Date): string {
  const [date, today] = [localDate(time), localDate(now)];
  if (Math.abs(time.getTime() - now.getTime()) > 6 * day * 1000) return date;
  const clock = `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
  return date === today ? clock : `${dayNames[time.getDay()]} ${clock}`;
}

/** The same with its offset from UTC, for what may be read elsewhere: `2019-11-10 21:14:05 +01:00`. */
export function localTimeWithOffset(time: Date): string {
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(twoDigits).join(":");
  const east = -time.getTimezoneOffset();
  const [hours, minutes] = [Math.floor(Math.abs(east) / 60), Math.abs(east) % 60];
  const offset = `${east < 0 ? "-" : "+"}${twoDigits(hours)}:${twoDigits(minutes)}`;
  return `${localDate(time)} ${clock} ${offset}`;
}

function localDate(time: Date): string {
  const year = String(time.getFullYear()).padStart(4, "0");
  return `${year}-${twoDigits(time.getMonth() + 1)}-${twoDigits(time.getDate())}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
