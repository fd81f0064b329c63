const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7] as const;

const checkDigit = (serial: string): number => {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(serial[index]), 0);
  const rest = 11 - (sum % 11);
  return rest === 10 ? 0 : rest === 11 ? 5 : rest;
};

/** Makes a UPU S10 number: two letters of the service, eight digits, the check digit, the country of the operator. */
export const makeTrackingNumber = (service: string, serial: number, country: string): string => {
  const digits = String(serial % 100_000_000).padStart(8, '0');
  return `${service}${digits}${checkDigit(digits)}${country}`;
};

/** Whether a text is a UPU S10 number with the right check digit. */
export const isTrackingNumber = (text: string): boolean => {
  const match = /^[A-Z]{2}(\d{8})(\d)[A-Z]{2}$/u.exec(text);
  return match !== null && checkDigit(match[1] ?? '') === Number(match[2]);
};
