import type { Plugin } from 'esbuild';

export declare const iconFont: Plugin;
