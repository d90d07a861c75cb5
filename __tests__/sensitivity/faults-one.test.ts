import { describe } from '@jest/globals';
import { proveFaults } from './proof.ts';

describe('every wrong behaviour that the reference mesh can show, half one', () => {
  proveFaults(0, 2);
});
