/** A line through the values that are known; where one is not, the line is broken. */
export function lineOf(values: readonly (number | null)[], most: number, width: number, height: number, least = 0): string {
  if (values.length === 0 || most <= least) return '';
  const step = width / values.length;
  let path = '';
  let pen = false;
  values.forEach((value, index) => {
    if (value === null) {
      pen = false;
      return;
    }
    const at = `${round((index + 0.5) * step)} ${round(height - ((Math.min(value, most) - least) / (most - least)) * height)}`;
    const next = values[index + 1];
    // A value with none beside it would be a line without a length: it is drawn as a short one.
    if (!pen && (next === null || next === undefined)) path += `M${round(index * step)} ${at.split(' ')[1]}H${round((index + 1) * step)}`;
    else path += `${pen ? 'L' : 'M'}${at}`;
    pen = true;
  });
  return path;
}

/** The largest of the values, rounded up to a number that reads well on an axis. */
export function topOf(values: readonly (number | null)[]): number {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  if (most === 0) return 1;
  const magnitude = 10 ** Math.floor(Math.log10(most));
  const steps = [1, 2, 2.5, 5, 10];
  return (steps.find((step) => step * magnitude >= most) ?? 10) * magnitude;
}

/** The same below zero; zero where nothing is less. */
export function bottomOf(values: readonly (number | null)[]): number {
  const least = Math.min(0, ...values.map((value) => value ?? 0));
  return least < 0 ? -topOf([-least]) : 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
