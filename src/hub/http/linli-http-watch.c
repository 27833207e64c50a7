/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-http-watch.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <sys/epoll.h>
#include <unistd.h>

#define BATCH 64

struct _LinliHttpWatch
{
  int                fd;
  guint              source_id;
  LinliHttpWatchFunc func;
  gpointer           data;
};

static gboolean
ready_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  LinliHttpWatch *self = user_data;
  struct epoll_event events[BATCH];
  int n = epoll_wait (self->fd, events, BATCH, 0);

  for (int i = 0; i < n; i++)
    self->func (events[i].data.ptr, self->data);
  return G_SOURCE_CONTINUE;
}

/**
 * linli_http_watch_new:
 * @func: told the key of a connection whose other side has gone
 * @error: %G_IO_ERROR
 */
LinliHttpWatch *
linli_http_watch_new (LinliHttpWatchFunc func,
                      gpointer           data,
                      GError           **error)
{
  LinliHttpWatch *self;
  int fd = epoll_create1 (EPOLL_CLOEXEC);

  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "epoll: %s", g_strerror (errno));
      return NULL;
    }

  self = g_new0 (LinliHttpWatch, 1);
  self->fd = fd;
  self->func = func;
  self->data = data;
  self->source_id = g_unix_fd_add (fd, G_IO_IN, ready_cb, self);

  return self;
}

void
linli_http_watch_add (LinliHttpWatch *self,
                      int             fd,
                      gpointer        key)
{
  struct epoll_event event = { .events = EPOLLRDHUP | EPOLLONESHOT, .data.ptr = key };

  if (epoll_ctl (self->fd, EPOLL_CTL_ADD, fd, &event) != 0)
    g_debug ("A held connection cannot be watched: %s", g_strerror (errno));
}

void
linli_http_watch_remove (LinliHttpWatch *self,
                         int             fd)
{
  epoll_ctl (self->fd, EPOLL_CTL_DEL, fd, NULL);
}

void
linli_http_watch_free (LinliHttpWatch *self)
{
  if (self == NULL)
    return;

  g_source_remove (self->source_id);
  close (self->fd);
  g_free (self);
}
