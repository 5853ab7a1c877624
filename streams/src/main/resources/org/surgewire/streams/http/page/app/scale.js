// The steps of the map's shading. They stay the same whatever is shown, so that two moments can be compared.

import { count, rate } from "./format.js";

const STEPS = { number: [1, 2, 10, 50, 200, 1000], rate: [0, 0.2, 1, 5, 20, 100] };

/** What a map shows of a tally: the number, or the rate per million inhabitants; null where it is unknown. */
export const shown = (tally, measure) => (measure === "rate" ? tally.perMillion : tally.best);

/** Whether announcements name the place and state no number for it: that is neither zero nor a number. */
export const unnumbered = (tally) => tally.announcements > 0 && tally.high === 0;

/** Class of a value: unknown, q0 for none, q1 to q6. */
export function shade(value, measure) {
  if (value === null || value === undefined) return "unknown";
  if (value === 0) return "q0";
  const steps = STEPS[measure];
  return "q" + Math.max(1, steps.filter((step) => value >= step).length);
}

/** Class and words of each step, the smallest first. */
export function legend(measure) {
  const steps = STEPS[measure];
  const words = (step, i) => {
    const next = steps[i + 1];
    if (next === undefined) return `${count(step)}+`;
    if (measure === "rate") return step === 0 ? `< ${rate(next)}` : `${rate(step)}–${rate(next)}`;
    return next - 1 === step ? count(step) : `${count(step)}–${count(next - 1)}`;
  };
  return [["q0", "0"], ...steps.map((step, i) => ["q" + (i + 1), words(step, i)])];
}
