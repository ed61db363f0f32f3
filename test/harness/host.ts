import { runIntegrationTests } from './integration.ts';
import { main } from './main.ts';

/** The integration tests in another VS Code: `npm run test:host -- 4.104.0` (a code-server version). */
await main(import.meta, () => {
  const [version] = process.argv.slice(2);
  return runIntegrationTests({ version });
});
