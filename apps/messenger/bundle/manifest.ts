/** How the messenger installs itself: https://www.w3.org/TR/appmanifest/. Paths are from the node's root. */
export const MANIFEST = {
  id: '/',
  name: 'Inlay',
  short_name: 'Inlay',
  lang: 'en',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  theme_color: '#3d4fd1',
  background_color: '#f4f5f9',
  icons: [
    { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
} as const;
