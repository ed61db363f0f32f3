import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import './panel.ts';
import { fillPage } from '../page.ts';

fillPage('deskside-panel');
