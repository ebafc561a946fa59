/** Web Storage where there is one. With site data blocked, merely reading `window.localStorage` throws. */

function storeNamed(name: 'localStorage' | 'sessionStorage'): Storage | undefined {
  try {
    return typeof window === 'undefined' ? undefined : window[name];
  } catch {
    return undefined;
  }
}

/** What this browser keeps; undefined on the server and with site data blocked. Writing may still throw (quota). */
export const localStore = (): Storage | undefined => storeNamed('localStorage');

/** What this tab keeps; undefined on the server and with site data blocked. Writing may still throw (quota). */
export const sessionStore = (): Storage | undefined => storeNamed('sessionStorage');
