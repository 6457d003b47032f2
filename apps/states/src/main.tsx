import '@inlay-im/react/styles.css';
import { createRoot } from 'react-dom/client';
import { Page } from './page.tsx';
import './states.css';

createRoot(document.getElementById('states') as HTMLElement).render(<Page />);
