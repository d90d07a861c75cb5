export { fetchLatest, type LatestOptions, type LatestRun } from './latest.ts';
export { bundlePathOf, runPathOf } from './place.ts';
export { refusalOf } from './publishable.ts';
export { publish, usualLimits, type PublishLimits, type Published, type PublishOptions } from './publish.ts';
export { openRuns, readRuns, type BundleEntry, type RunEntry, type Runs, type RunsOptions } from './read-runs.ts';
export { defaultBranch, type Destination, type GitHubRepository } from './remote.ts';
