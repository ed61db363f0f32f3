import { documentStyles } from '../panel/styles/document.ts';
import './preview.ts';

document.adoptedStyleSheets.push(documentStyles);
document.body.append(document.createElement('deskside-preview'));
