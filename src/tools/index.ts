export { ensureTool, type Tool, type ToolOptions } from './ensure-tool.ts';
export { signalGroup } from './group.ts';
export { findOnPath } from './on-path.ts';
export { type NodeImagePin, type Pins, pins, type ToolName, toolNames } from './pins.ts';
export { cancelled, CommandError, commandLine, type ProgramOptions, type ProgramOutput, runProgram } from './run-program.ts';
