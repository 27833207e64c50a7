/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Usage: time-window TITLE PROGRAM [ARGUMENT...]
 *
 * Starts PROGRAM, waits for the window manager to show a window whose title ends
 * in TITLE, prints the milliseconds between, and ends PROGRAM. It sleeps until
 * the X server has news, so that it takes no processor from what it measures. */

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

#define PATIENCE (30 * G_TIME_SPAN_SECOND)

typedef struct
{
  Display *display;
  Atom     clients; /* _NET_CLIENT_LIST */
  Atom     name;    /* _NET_WM_NAME */
} Watch;

/* A window may be gone before it is asked about; that is no reason to end. */
static int
ignore_error (G_GNUC_UNUSED Display     *display,
              G_GNUC_UNUSED XErrorEvent *event)
{
  return 0;
}

/* Returns: (transfer full) (nullable): the property of @window, free with XFree() */
static unsigned char *
read_property (Watch         *self,
               Window         window,
               Atom           property,
               unsigned long *n)
{
  unsigned char *data = NULL;
  unsigned long left;
  Atom type;
  int format;

  *n = 0;
  if (XGetWindowProperty (self->display, window, property, 0, 4096, False, AnyPropertyType, &type, &format, n, &left,
                          &data) != Success)
    return NULL;

  return data;
}

/* Whether a window that the window manager shows has the title; follows them all. */
static gboolean
is_shown (Watch      *self,
          const char *title)
{
  unsigned long n_windows, n;
  unsigned char *list = read_property (self, DefaultRootWindow (self->display), self->clients, &n_windows);
  gboolean found = FALSE;

  for (unsigned long i = 0; list != NULL && i < n_windows && !found; i++)
    {
      Window window = ((Window *) (gpointer) list)[i];
      unsigned char *name;

      XSelectInput (self->display, window, PropertyChangeMask);
      name = read_property (self, window, self->name, &n);
      found = name != NULL && g_str_has_suffix ((const char *) name, title);
      if (name != NULL)
        XFree (name);
    }
  if (list != NULL)
    XFree (list);

  return found;
}

static gboolean
wait_until_shown (Watch      *self,
                  const char *title,
                  gint64      deadline)
{
  while (!is_shown (self, title))
    {
      struct pollfd news = { ConnectionNumber (self->display), POLLIN, 0 };
      gint64 left = deadline - g_get_monotonic_time ();

      if (left <= 0)
        return FALSE;
      if (XPending (self->display) == 0)
        poll (&news, 1, (int) (left / 1000));
      while (XPending (self->display) > 0)
        {
          XEvent event;

          XNextEvent (self->display, &event);
        }
    }

  return TRUE;
}

int
main (int argc, char **argv)
{
  Watch self = { XOpenDisplay (NULL), None, None };
  g_autoptr(GError) error = NULL;
  gint64 begun;
  gboolean shown;
  GPid pid;

  if (argc < 3 || self.display == NULL)
    {
      g_printerr ("time-window: needs a title, a program and a display\n");
      return 2;
    }
  XSetErrorHandler (ignore_error);
  self.clients = XInternAtom (self.display, "_NET_CLIENT_LIST", False);
  self.name = XInternAtom (self.display, "_NET_WM_NAME", False);
  XSelectInput (self.display, DefaultRootWindow (self.display), PropertyChangeMask);
  XSync (self.display, False);

  begun = g_get_monotonic_time ();
  if (!g_spawn_async (NULL, argv + 2, NULL,
                      G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                      &pid, &error))
    {
      g_printerr ("time-window: %s\n", error->message);
      return 1;
    }
  shown = wait_until_shown (&self, argv[1], begun + PATIENCE);
  if (shown)
    g_print ("%.1f\n", (double) (g_get_monotonic_time () - begun) / 1000);
  else
    g_printerr ("time-window: %s never showed “%s”\n", argv[2], argv[1]);
  kill (pid, SIGTERM);
  waitpid (pid, NULL, 0);
  XCloseDisplay (self.display);

  return shown ? 0 : 1;
}
