import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Publisher, sha256, startPublisher } from '../../tools/downloads.ts';
import { type Bed, failureOf, openBed } from './bed.ts';

jest.setTimeout(30_000);

let bed: Bed;
let publisher: Publisher;
beforeEach(async () => {
  [bed, publisher] = await Promise.all([openBed(), startPublisher()]);
});
afterEach(() => Promise.all([bed.close(), publisher.close()]));

const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
const places = {
  kind: { version: '0.33.0', path: `/kubernetes-sigs/kind/releases/download/v0.33.0/kind-${platform}` },
  minikube: { version: '1.38.1', path: `/kubernetes/minikube/releases/download/v1.38.1/minikube-${platform}` },
};

describe.each(['kind', 'minikube'] as const)('%s, where it is not on the machine', (tool) => {
  const { version, path } = places[tool];
  const boot = () => failureOf(bed.boot({ tool, cacheDirectory: join(bed.folder, 'cache'), pins: publisher.pins(tool, version, { [platform]: sha256('the program') }) }));

  beforeEach(() => bed.programs.uninstall(tool));
  /** Nothing is made, and nothing noted, before the tool is there. */
  async function expectNothingMade(): Promise<void> {
    expect([bed.programs.engine.containers(), existsSync(join(bed.folder, 'run')), await bed.left()]).toEqual([[], false, []]);
    expect(existsSync(join(bed.folder, 'cache')) ? readdirSync(join(bed.folder, 'cache')) : []).toEqual([]);
  }

  test('is not found at its makers either', async () => {
    expect(await boot()).toMatchObject({ code: 'TOOL_UNAVAILABLE', message: expect.stringMatching(new RegExp(`^${tool} ${version} for .* could not be downloaded: there is nothing at http.*Ask for a version that was published`)) });
    await expectNothingMade();
  });

  test('has another checksum than the lock file says', async () => {
    publisher.files.set(path, 'another program');
    expect(await boot()).toMatchObject({ code: 'WRONG_CHECKSUM', message: expect.stringContaining(`its SHA-256 is ${sha256('another program')}, and should be ${sha256('the program')}`) });
    expect(publisher.asked).toEqual([path]);
    await expectNothingMade();
  });
});
