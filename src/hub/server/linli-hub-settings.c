/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-settings.h"

#include <string.h>

#include "linli-postgres.h"

#define GROUP       "hub"
#define USUAL_FILE  "/etc/linli-hub.conf"
#define USUAL_PORT  8700
#define USUAL_RATE  120

/* Every setting, as the file and the environment call it. */
static const struct
{
  const char *key;
  const char *variable;
  gboolean    is_number;
  glong       offset;
  gint64      least;
  gint64      most;
} settings[] = {
  { "folder", "LINLI_HUB_FOLDER", FALSE, G_STRUCT_OFFSET (LinliHubOptions, folder), 0, 0 },
  { "database", "LINLI_HUB_DATABASE", FALSE, G_STRUCT_OFFSET (LinliHubOptions, database), 0, 0 },
  { "files", "LINLI_HUB_FILES", FALSE, G_STRUCT_OFFSET (LinliHubOptions, files), 0, 0 },
  { "address", "LINLI_HUB_ADDRESS", FALSE, G_STRUCT_OFFSET (LinliHubOptions, address), 0, 0 },
  { "port", "LINLI_HUB_PORT", TRUE, G_STRUCT_OFFSET (LinliHubOptions, port), 0, 65535 },
  { "certificate", "LINLI_HUB_CERTIFICATE", FALSE, G_STRUCT_OFFSET (LinliHubOptions, certificate), 0, 0 },
  { "key", "LINLI_HUB_KEY", FALSE, G_STRUCT_OFFSET (LinliHubOptions, private_key), 0, 0 },
  { "first", "LINLI_HUB_FIRST", FALSE, G_STRUCT_OFFSET (LinliHubOptions, first), 0, 0 },
  { "per-address", "LINLI_HUB_PER_ADDRESS", TRUE, G_STRUCT_OFFSET (LinliHubOptions, per_address), 0, 1000000 },
  { "hours", "LINLI_HUB_HOURS", TRUE, G_STRUCT_OFFSET (LinliHubOptions, hours), 1, 720 },
  { "quota", "LINLI_HUB_QUOTA", TRUE, G_STRUCT_OFFSET (LinliHubOptions, quota), 1, G_MAXINT },
  { "per-minute", "LINLI_HUB_PER_MINUTE", TRUE, G_STRUCT_OFFSET (LinliHubOptions, per_minute), 1, 1000000 },
  { "public-url", "LINLI_HUB_PUBLIC_URL", FALSE, G_STRUCT_OFFSET (LinliHubOptions, public_url), 0, 0 },
};

static gboolean
complain (GError    **error,
          const char *format,
          ...) G_GNUC_PRINTF (2, 3);

static gboolean
complain (GError    **error,
          const char *format,
          ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, format, args);
  va_end (args);
  return FALSE;
}

/* Takes @text unless the setting is chosen already. @where: for the complaint */
static gboolean
take (LinliHubOptions *self,
      guint            n,
      const char      *text,
      const char      *where,
      GError         **error)
{
  char **word = G_STRUCT_MEMBER_P (self, settings[n].offset);
  int *number = G_STRUCT_MEMBER_P (self, settings[n].offset);
  gint64 value = 0;

  if (!settings[n].is_number)
    {
      if (*word == NULL && *text != '\0')
        *word = g_strdup (text);
      return TRUE;
    }
  if (!g_ascii_string_to_signed (text, 10, settings[n].least, settings[n].most, &value, NULL))
    return complain (error, "%s: “%s” must be a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ", not “%s”",
                     where, settings[n].key, settings[n].least, settings[n].most, text);
  if (*number == LINLI_HUB_UNSET)
    *number = (int) value;
  return TRUE;
}

/* Returns: the line at which @key of the group stands, or the group itself */
static guint
find_line (const char *text,
           const char *group,
           const char *key)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *head = g_strdup_printf ("[%s]", group);
  gboolean inside = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);

      if (*line == '[')
        inside = g_str_has_prefix (line, head);
      if (inside && key == NULL)
        return i + 1;
      if (inside && g_str_has_prefix (line, key) && strchr (" \t=", line[strlen (key)]) != NULL)
        return i + 1;
    }
  return 1;
}

static gboolean
take_key (LinliHubOptions *self,
          GKeyFile        *file,
          const char      *key,
          const char      *where,
          GError         **error)
{
  g_autofree char *value = g_key_file_get_string (file, GROUP, key, NULL);

  for (guint n = 0; n < G_N_ELEMENTS (settings); n++)
    if (g_str_equal (settings[n].key, key))
      return value != NULL ? take (self, n, value, where, error)
                           : complain (error, "%s: the value of “%s” cannot be read", where, key);
  return complain (error, "%s: there is no setting “%s”; linli-hub(1) lists them", where, key);
}

static gboolean
read_file (LinliHubOptions *self,
           const char      *path,
           GError         **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;
  g_auto(GStrv) groups = NULL;
  g_auto(GStrv) keys = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, error))
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    if (!g_str_equal (groups[i], GROUP))
      return complain (error, "%s:%u: there is no section “%s”, only [%s]", path, find_line (text, groups[i], NULL),
                       groups[i], GROUP);
  keys = g_key_file_get_keys (file, GROUP, NULL, NULL);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *where = g_strdup_printf ("%s:%u", path, find_line (text, GROUP, keys[i]));

      if (!take_key (self, file, keys[i], where, error))
        return FALSE;
    }
  return TRUE;
}

/* What is wrong between settings, wherever they came from. */
static gboolean
check (LinliHubOptions *self,
       GError         **error)
{
  if ((self->certificate == NULL) != (self->private_key == NULL))
    return complain (error, "TLS needs both a certificate and its key");
  if (self->database != NULL && !linli_postgres_is_address (self->database))
    return complain (error, "database: a PostgreSQL database looks like postgresql://SERVER/DATABASE; without the setting "
                     "everything is in the folder");
  if (self->port > G_MAXUINT16 || self->port < 0)
    return complain (error, "a port is a number from 0 to 65535");
  if (self->per_address < 0 || self->quota < 0 || self->per_minute < 1)
    return complain (error, "a limit is a whole number");
  if (*self->public_url != '\0' && !g_str_has_prefix (self->public_url, "http://") &&
      !g_str_has_prefix (self->public_url, "https://"))
    return complain (error, "public-url: “%s” is no address; it looks like https://hub.example.cn", self->public_url);
  return TRUE;
}

/**
 * linli_hub_options_fill:
 * @self: what the call said; the rest is filled in
 * @config: (nullable): the configuration file; else the one the environment
 *   names, else the usual one if it is there
 * @error: %G_IO_ERROR, %G_KEY_FILE_ERROR: names file, line and setting
 */
gboolean
linli_hub_options_fill (LinliHubOptions *self,
                        const char      *config,
                        GError         **error)
{
  for (guint n = 0; n < G_N_ELEMENTS (settings); n++)
    {
      const char *value = g_getenv (settings[n].variable);

      if (value != NULL && *value != '\0' && !take (self, n, value, settings[n].variable, error))
        return FALSE;
    }
  if (config == NULL)
    config = g_getenv ("LINLI_HUB_CONFIG");
  if (config == NULL && g_file_test (USUAL_FILE, G_FILE_TEST_EXISTS))
    config = USUAL_FILE;
  if (config != NULL && !read_file (self, config, error))
    return FALSE;

  if (self->folder == NULL)
    self->folder = g_build_filename (g_get_user_data_dir (), "linli-hub", NULL);
  if (self->public_url == NULL)
    self->public_url = g_strdup ("");
  if (g_str_has_suffix (self->public_url, "/"))
    self->public_url[strlen (self->public_url) - 1] = '\0';
  if (self->port == LINLI_HUB_UNSET)
    self->port = USUAL_PORT;
  if (self->per_address == LINLI_HUB_UNSET)
    self->per_address = 0;
  if (self->quota == LINLI_HUB_UNSET)
    self->quota = 0;
  if (self->per_minute == LINLI_HUB_UNSET)
    self->per_minute = USUAL_RATE;

  return check (self, error);
}

void
linli_hub_options_clear (LinliHubOptions *self)
{
  g_free (self->folder);
  g_free (self->database);
  g_free (self->files);
  g_free (self->address);
  g_free (self->certificate);
  g_free (self->private_key);
  g_free (self->first);
  g_free (self->public_url);
  g_free (self->unit);
  g_free (self->reason);
}
