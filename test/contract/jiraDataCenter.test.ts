import { openJira } from './jiraSubject.ts';
import { contractSuite } from './suite.ts';

contractSuite('Jira Data Center', () => openJira('Data Center'));
