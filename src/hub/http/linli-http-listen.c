/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-http-listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

#define RESERVED_FDS 64   /* for databases, logs and the rest of the process */
#define BACKLOG      4096 /* a whole city's desks after a power cut */

/**
 * linli_http_listen_room:
 *
 * Returns: how many connections there is room for, once this process may open
 *   as many files as it is ever allowed to
 */
guint
linli_http_listen_room (void)
{
  struct rlimit limit = { 1024, 1024 };

  if (getrlimit (RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max)
    {
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_NOFILE, &limit);
    }
  getrlimit (RLIMIT_NOFILE, &limit);
  return limit.rlim_cur > 4 * RESERVED_FDS ? (guint) MIN (limit.rlim_cur - RESERVED_FDS, 100000) : RESERVED_FDS;
}

/**
 * linli_http_listen:
 * @address: an IPv4 or IPv6 address of this machine
 * @port: 0 for any free one
 * @error: %G_IO_ERROR
 *
 * Returns: a socket that listens, or -1
 */
int
linli_http_listen (const char *address,
                   guint16     port,
                   GError    **error)
{
  g_autoptr(GInetAddress) inet = g_inet_address_new_from_string (address);
  g_autoptr(GSocketAddress) at = inet != NULL ? g_inet_socket_address_new (inet, port) : NULL;
  g_autoptr(GSocket) listener = NULL;
  int fd;

  if (inet == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is no address of this machine", address);
      return -1;
    }
  listener = g_socket_new (g_inet_address_get_family (inet), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (listener == NULL)
    return -1;
  g_socket_set_listen_backlog (listener, BACKLOG);
  if (!g_socket_bind (listener, at, TRUE, error) || !g_socket_listen (listener, error))
    return -1;

  fd = fcntl (g_socket_get_fd (listener), F_DUPFD_CLOEXEC, 3);
  if (fd < 0)
    {
      int why = errno;

      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (why), "%s: %s", address, g_strerror (why));
    }
  return fd;
}

/* Returns: the port that @fd listens on; 0 for what has none */
guint16
linli_http_listen_port (int fd)
{
  struct sockaddr_storage at;
  socklen_t size = sizeof at;

  if (getsockname (fd, (struct sockaddr *) &at, &size) != 0)
    return 0;
  if (at.ss_family == AF_INET6)
    return ntohs (((struct sockaddr_in6 *) &at)->sin6_port);
  return at.ss_family == AF_INET ? ntohs (((struct sockaddr_in *) &at)->sin_port) : 0;
}
