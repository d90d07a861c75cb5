import { writeSync } from 'node:fs';

/** Loaded before a program that is measured: says at its end how much memory it held at once, in KiB, as the kernel counts it, and how long processors worked for it, in milliseconds. */
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(2, `\npeak ${maxRSS} worked ${Math.round((userCPUTime + systemCPUTime) / 1000)}\n`);
});
