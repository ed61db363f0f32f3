import { slugOf } from './slug.ts';

export const forges = ['github', 'gitlab', 'bitbucket', 'bitbucket-server', 'gitea', 'azure'] as const;
export type Forge = (typeof forges)[number];

export interface PermalinkParts {
  /** The URL of a git remote, in any of git's forms. */
  remote: string;
  commit: string;
  /** Of the file within the repository, `/` as separator. */
  path: string;
  heading?: string;
  /** For a forge whose host name does not tell what it is. */
  forge?: Forge;
}

/** The file at its commit on the forge that holds it; `undefined` for a remote that is no forge we know. */
export function permalink(parts: PermalinkParts): string | undefined {
  const repository = parseRemote(parts.remote);
  if (repository === undefined || !/^[0-9a-f]{7,64}$/i.test(parts.commit)) return undefined;
  const forge = parts.forge ?? forgeOf(repository);
  if (forge === undefined) return undefined;
  const path = parts.path.split('/').map(encodeURIComponent).join('/');
  const page = pages[forge](repository, parts.commit.toLowerCase(), path);
  const slug = parts.heading === undefined ? '' : encodeURIComponent(slugOf(parts.heading));
  return slug === '' ? page : page + anchors[forge](slug);
}

interface Repository {
  /** `https://host` with the port where one is named. */
  origin: string;
  host: string;
  /** Decoded segments of the path, without `.git`. */
  segments: string[];
}

/** Also takes `git@host:owner/name.git`; never gives credentials on. */
function parseRemote(remote: string): Repository | undefined {
  const scp = /^(?:[\w.-]+@)?([\w.-]+\.[\w-]+):(?!\/\/)(.+)$/.exec(remote);
  const text = scp ? `ssh://${scp[1] ?? ''}/${scp[2] ?? ''}` : remote;
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, host, pathname } = new URL(text);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  if (!isWeb && protocol !== 'ssh:' && protocol !== 'git:' && protocol !== 'git+ssh:') return undefined;
  const segments = pathname
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split('/')
    .filter((segment) => segment !== '')
    .map(decoded);
  if (segments.length < 2) return undefined;
  return {
    origin: isWeb ? `${protocol}//${host}` : `https://${hostname}`,
    host: hostname.toLowerCase(),
    segments,
  };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function forgeOf({ host, segments }: Repository): Forge | undefined {
  if (/(^|\.)(dev\.azure\.com|visualstudio\.com)$/.test(host)) return 'azure';
  if (host === 'bitbucket.org') return 'bitbucket';
  if (/(^|[.-])bitbucket[.-]/.test(host) || segments[0] === 'scm') return 'bitbucket-server';
  if (/(^|[.-])github[.-]/.test(host)) return 'github';
  if (/(^|[.-])gitlab[.-]/.test(host)) return 'gitlab';
  if (host === 'codeberg.org' || /(^|[.-])(gitea|forgejo)[.-]/.test(host)) return 'gitea';
  return undefined;
}

type Page = (repository: Repository, commit: string, path: string) => string;

const pages: Record<Forge, Page> = {
  github: (repository, commit, path) => `${webOf(repository)}/blob/${commit}/${path}`,
  gitlab: (repository, commit, path) => `${webOf(repository)}/-/blob/${commit}/${path}`,
  bitbucket: (repository, commit, path) => `${webOf(repository)}/src/${commit}/${path}`,
  'bitbucket-server': ({ origin, segments }, commit, path) => {
    const [project = '', name = ''] = segments.slice(-2).map(encodeURIComponent);
    const owner = project.startsWith('~') ? `users/${project.slice(1)}` : `projects/${project}`;
    return `${origin}/${owner}/repos/${name}/browse/${path}?at=${commit}`;
  },
  gitea: (repository, commit, path) => `${webOf(repository)}/src/commit/${commit}/${path}`,
  azure: (repository, commit, path) => `${azureWebOf(repository)}?path=/${path}&version=GC${commit}`,
};

const anchors: Record<Forge, (slug: string) => string> = {
  github: (slug) => `#${slug}`,
  gitlab: (slug) => `#${slug}`,
  bitbucket: (slug) => `#markdown-header-${slug}`,
  'bitbucket-server': (slug) => `#${slug}`,
  gitea: (slug) => `#${slug}`,
  azure: (slug) => `&_a=preview&anchor=${slug}`,
};

function webOf({ origin, segments }: Repository): string {
  return `${origin}/${segments.map(encodeURIComponent).join('/')}`;
}

/** `org/project/_git/name` on the web; `v3/org/project/name` over SSH; the organisation may be in the host name. */
function azureWebOf({ host, segments }: Repository): string {
  const organisation = /^([\w-]+)\.visualstudio\.com$/.exec(host)?.[1];
  const names = segments.filter((segment) => segment !== '_git' && segment !== 'v3');
  if (organisation !== undefined && organisation !== 'vs-ssh') {
    names.unshift(organisation);
    if (names[1] === 'DefaultCollection') names.splice(1, 1);
  }
  const [owner = '', project = '', name = project] = names.map(encodeURIComponent);
  return `https://dev.azure.com/${owner}/${project}/_git/${name}`;
}
