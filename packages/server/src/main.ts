import { SCOPES } from '@inlay-im/protocol';
import { Command } from 'commander';
import { setAppAvatar } from './cli/app-avatar.ts';
import { addKey, removeKey, setApp, showApp } from './cli/app-settings.ts';
import { apps, createAppCommand } from './cli/apps.ts';
import { config } from './cli/config.ts';
import { doctor } from './cli/doctor.ts';
import { addEmoji } from './cli/emoji.ts';
import { createKey, listKeys, revokeKey } from './cli/keys.ts';
import { migrateCommand } from './cli/migrate.ts';
import { CliError, print } from './cli/output.ts';
import { type StartOptions, start } from './cli/start.ts';
import { addStickers } from './cli/stickers.ts';
import { token } from './cli/token.ts';
import { DEFAULT_APP } from './slices/apps/index.ts';
import { version } from './version.ts';

const program = new Command('inlay').description(
  'Instant messaging that you build into your app and run yourself.',
);

program
  .command('start', { isDefault: true })
  .description('start a node with everything embedded, and serve until Ctrl-C')
  .option('--demo', 'bring demo people and conversations into being, and print how to sign in as them')
  .option('--port <port>', 'the port to listen on, instead of INLAY_PORT')
  .option('--host <host>', 'the address to listen on, instead of INLAY_HOST')
  .option('--data <folder>', 'the folder for everything that is kept, instead of INLAY_DATA')
  // As the default command it is given every word that is no command.
  .allowExcessArguments()
  .action((options: StartOptions, { args: [word] }: Command) => {
    if (word !== undefined) throw new CliError(`"${word}" is no command; "inlay --help" lists them.`);
    return start(options);
  });

program
  .command('config')
  .description('print every option: its value now, its default, its meaning')
  .action(config);

program
  .command('token')
  .argument('<user>', "the user's id")
  .description('print a token with which this person can sign in, as your backend would sign it')
  .option('--app <app>', 'the app, if it is not the default one')
  .option('--name <name>', "the person's name")
  .option('--hours <hours>', 'how long it is valid, up to 24', '24')
  .action(token);

const appsCommand = program
  .command('apps')
  .description('list the apps (tenants) of this node')
  .option('--secrets', 'with the secrets that sign their tokens')
  .action(apps);
appsCommand
  .command('create')
  .argument('<app>', 'the id of the new app')
  .option('--name <name>', 'what it is called')
  .description('make an app and print its secret')
  .action(createAppCommand);
appsCommand
  .command('show')
  .argument('<app>', 'the id of the app')
  .description('print the settings and public keys of an app')
  .action(showApp);
appsCommand
  .command('set')
  .argument('<app>', 'the id of the app')
  .argument('<setting>', 'guests, signUp, codes or openUsers')
  .argument('<on|off>', 'its new value')
  .description('switch a setting of an app')
  .addHelpText(
    'after',
    `
Settings, all of them on at first:
  guests     anonymous visitors may sign in
  signUp     people may make accounts with a user name and a password
  codes      people may sign in with a one-time code by phone or e-mail
  openUsers  people of the host app may write to ids that have not been seen yet

Example: inlay apps set default guests off`,
  )
  .action(setApp);
appsCommand
  .command('avatar')
  .argument('<app>', 'the id of the app')
  .argument('[image]', 'an image; a square out of its middle is shown')
  .option('--remove', 'take the picture away that the app has')
  .description('give an app a picture, which people see where they sign in')
  .action(setAppAvatar);
appsCommand
  .command('add-key')
  .argument('<app>', 'the id of the app')
  .argument('<kid>', 'the key id that the headers of your tokens name')
  .argument('<file>', 'the public key in PEM: Ed25519, or RSA of at least 2048 bits')
  .description('accept tokens that your backend signs with a private key (EdDSA or RS256)')
  .action(addKey);
appsCommand
  .command('remove-key')
  .argument('<app>', 'the id of the app')
  .argument('<kid>', 'the key id')
  .description('accept tokens of this key no longer')
  .action(removeKey);

const keys = program.command('keys').description("make, list and revoke the API keys of your app's backend");
const ofApp = ['--app <app>', 'the app, if it is not the default one', DEFAULT_APP] as const;
keys
  .command('create')
  .argument('<name>', 'what the key is for, to tell it from others')
  .description('make an API key and print it, this once')
  .option(...ofApp)
  .option('--scopes <scopes>', 'what it may do, with commas between', 'all')
  .addHelpText(
    'after',
    `\nScopes: ${SCOPES.join(', ')}\n\nExample: inlay keys create shop --scopes users:write,messages:write`,
  )
  .action(createKey);
keys
  .command('list')
  .description('list the API keys without their secrets')
  .option(...ofApp)
  .action(listKeys);
keys
  .command('revoke')
  .argument('<id>', 'the id of the key')
  .description('refuse an API key for good')
  .option(...ofApp)
  .action(revokeKey);

program
  .command('emoji')
  .description("publish your app's own emoji")
  .command('add')
  .argument('<name>', 'what people write between colons: a to z, 0 to 9, _ + -')
  .argument('<file>', 'an image of at most 128 pixels a side and 256 kB, which may move')
  .description('publish an image as an emoji, or in the place of one')
  .option(...ofApp)
  .action(addEmoji);

program
  .command('stickers')
  .description("publish your app's packs of stickers")
  .command('add')
  .argument('<folder>', 'a folder of images of at most 512 pixels a side and 512 kB, and a pack.json')
  .description('publish a pack, or put it in the place of one')
  .addHelpText(
    'after',
    `
pack.json says what they are: {"id": "cats", "title": "Cats", "stickers": [
  {"id": "hello", "emoji": "👋", "file": "hello.webp"}, …]}`,
  )
  .option(...ofApp)
  .action(addStickers);

program
  .command('migrate')
  .description('bring the database schema forward without serving')
  .action(migrateCommand);

program
  .command('doctor')
  .description('check what a node needs, and say what is wrong')
  .option('--new-epoch', 'declare that the database was restored: every device syncs from the start')
  .action(doctor);

program
  .command('version')
  .description('print the version')
  .action(() => print(version));

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (!(error instanceof CliError) && error instanceof Error && process.argv.includes('--stack')) {
    process.stderr.write(`${error.stack}\n`);
  }
  process.exit(1);
}
