import { openJira } from './jiraSubject.ts';
import { contractSuite } from './suite.ts';

contractSuite('Jira Cloud', () => openJira('Cloud'));
