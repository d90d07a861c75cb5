import { describe } from '@jest/globals';
import { proveFaults } from './proof.ts';

describe('every wrong behaviour that the reference mesh can show, half two', () => {
  proveFaults(1, 2);
});
