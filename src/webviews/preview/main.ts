import { fillPage } from '../page.ts';
import './preview.ts';

fillPage('deskside-preview');
