/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-share.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "linli-hub-registry.h"
#include "linli-hub-secret.h"

#define MARK_NAME "hub"
#define MARK_SIZE 16
#define SECRET    "files" /* what the registry calls the mark */

static char *
mark_path (const char *root)
{
  return g_build_filename (root, MARK_NAME, NULL);
}

/* Returns: (transfer full) (nullable) */
static char *
read_mark (const char *root)
{
  g_autofree char *path = mark_path (root);
  char *mark = NULL;

  if (g_file_get_contents (path, &mark, NULL, NULL))
    g_strstrip (mark);
  return mark;
}

/**
 * linli_hub_share_is_there:
 * @mark: of this hub
 *
 * Any thread may ask.
 *
 * Returns: whether the folder is still the hub's, and not the place where it
 *   was mounted
 */
gboolean
linli_hub_share_is_there (const char *root,
                          const char *mark)
{
  g_autofree char *found = read_mark (root);

  return g_strcmp0 (found, mark) == 0;
}

/* Waits for whoever changes something there.
 *
 * Returns: for linli_hub_share_unlock(), or -1 when the folder cannot be written */
int
linli_hub_share_lock (const char *root)
{
  g_autofree char *path = g_build_filename (root, "lock", NULL);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  while (fd >= 0 && flock (fd, LOCK_EX) != 0)
    if (errno != EINTR)
      {
        close (fd);
        return -1;
      }
  return fd;
}

void
linli_hub_share_unlock (int lock)
{
  if (lock >= 0)
    close (lock);
}

/* --- Whose it is --- */

typedef struct
{
  const char *mark;  /* (nullable): of the folder; becomes the registry's when it has none */
  char       *known; /* (nullable) */
} Claim;

static gpointer
look_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  Claim *claim = data;

  linli_hub_registry_find_secret (conn, SECRET, &claim->known, error);
  return NULL;
}

static gpointer
share_job (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  Claim *claim = data;

  linli_hub_registry_share_secret (conn, SECRET, claim->mark, &claim->known, error);
  return NULL;
}

static gboolean
ask_registry (LinliDb     *registry,
              const char  *mark,
              char       **known,
              GError     **error)
{
  Claim claim = { mark, NULL };
  g_autoptr(GError) local = NULL;

  linli_db_run_sync (registry, mark != NULL ? LINLI_DB_WRITE : LINLI_DB_READ, mark != NULL ? share_job : look_job, &claim,
                     &local);
  *known = claim.known;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
refuse (const char *root,
        const char *known,
        const char *found,
        GError    **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
               "%s is not the folder in which this hub keeps the files of cases: %s. All processes of one database need that "
               "one folder in common; name it with “files” (--files), and mount it before the hub starts. If it is this one "
               "nevertheless, write the line %s into %s/" MARK_NAME ".",
               root, found == NULL ? "its mark is missing, as where nothing is mounted" : "it bears another hub's mark",
               known, root);
  return FALSE;
}

static gboolean
claim_locked (const char *root,
              LinliDb    *registry,
              char      **mark,
              GError    **error)
{
  g_autofree char *path = mark_path (root);
  g_autofree char *known = NULL;
  g_autofree char *found = NULL;
  g_autofree char *line = NULL;

  if (!ask_registry (registry, NULL, &known, error))
    return FALSE;
  found = read_mark (root);
  if (known == NULL && found == NULL)
    {
      found = linli_hub_secret_new ();
      found[MARK_SIZE] = '\0';
      line = g_strconcat (found, "\n", NULL);
      if (!g_file_set_contents_full (path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                     error))
        return FALSE;
    }
  if (known == NULL && !ask_registry (registry, found, &known, error))
    return FALSE;
  if (g_strcmp0 (known, found) != 0)
    return refuse (root, known, found, error);
  *mark = g_steal_pointer (&known);

  return TRUE;
}

/**
 * linli_hub_share_claim:
 * @root: made when it is not there
 * @mark: (out) (transfer full): for linli_hub_share_is_there()
 * @error: %G_IO_ERROR with words for the operator when @root is not the folder
 *   that the other processes have; %LINLI_STORE_ERROR
 *
 * The first process of a hub marks its folder. Blocks for two small queries.
 */
gboolean
linli_hub_share_claim (const char *root,
                       LinliDb    *registry,
                       char      **mark,
                       GError    **error)
{
  int lock = -1;
  gboolean done;

  if (g_mkdir_with_parents (root, 0700) == 0)
    lock = linli_hub_share_lock (root);
  if (lock < 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), "%s: %s", root, g_strerror (code));
      return FALSE;
    }
  done = claim_locked (root, registry, mark, error);
  linli_hub_share_unlock (lock);

  return done;
}
