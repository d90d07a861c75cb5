import { debug, endGroup, error, getInput, info, notice, setFailed, setOutput, setSecret, startGroup, warning } from '@actions/core';
import type { Toolkit } from './toolkit.ts';

/** GitHub's own toolkit. Name by name, so that the build leaves out the rest of it, which is an HTTP client for the most part. */
export const core: Toolkit = { debug, endGroup, error, getInput, info, notice, setFailed, setOutput, setSecret, startGroup, warning };
