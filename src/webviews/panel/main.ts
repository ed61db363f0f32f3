import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import './panel.ts';
import { documentStyles } from './styles/document.ts';

document.adoptedStyleSheets.push(documentStyles);
document.body.append(document.createElement('deskside-panel'));
