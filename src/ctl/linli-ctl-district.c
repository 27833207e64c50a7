/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a district sees of its centres, from their hub. Needs no store. */

#include "config.h"

#include <string.h>

#include "linli-ctl.h"
#include "linli-district-figures.h"
#include "linli-district.h"

typedef struct
{
  char *hub;
  char *key_file;
  char *authority;
  char *from;
  char *to;
  char *basis;
  char *compare;
  char *centre;
  char *set;
  char *class;
} Wish;

static void
wish_clear (Wish *wish)
{
  char **texts[] = { &wish->hub, &wish->key_file, &wish->authority, &wish->from, &wish->to, &wish->basis, &wish->compare,
                     &wish->centre, &wish->set, &wish->class };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, wish_clear)

static gboolean
read_wish (Wish    *wish,
           int      argc,
           char   **argv,
           GError **error)
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autofree char **words = g_new0 (char *, (gsize) argc + 1); /* the parser takes out what it knows */
  const GOptionEntry entries[] = {
    { "hub", 0, 0, G_OPTION_ARG_STRING, &wish->hub, "", NULL },
    { "key-file", 0, 0, G_OPTION_ARG_FILENAME, &wish->key_file, "", NULL },
    { "authority", 0, 0, G_OPTION_ARG_FILENAME, &wish->authority, "", NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &wish->from, "", NULL },
    { "to", 0, 0, G_OPTION_ARG_STRING, &wish->to, "", NULL },
    { "basis", 0, 0, G_OPTION_ARG_STRING, &wish->basis, "", NULL },
    { "compare", 0, 0, G_OPTION_ARG_STRING, &wish->compare, "", NULL },
    { "centre", 0, 0, G_OPTION_ARG_STRING, &wish->centre, "", NULL },
    { "set", 0, 0, G_OPTION_ARG_STRING, &wish->set, "", NULL },
    { "class", 0, 0, G_OPTION_ARG_STRING, &wish->class, "", NULL },
    { NULL }
  };
  int n = argc;
  char **rest = words;

  memcpy (words, argv, (gsize) argc * sizeof (char *));
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  if (!g_option_context_parse (context, &n, &rest, error))
    {
      g_autofree char *message = g_strdup ((*error)->message);

      g_clear_error (error);
      return linli_ctl_usage (error, message);
    }
  if (n != 1)
    return linli_ctl_usage (error, "district figures and district cases take options only, see linlictl(1)");
  return wish->hub != NULL && wish->key_file != NULL
           ? TRUE : linli_ctl_usage (error, "Say which hub and whose key: --hub URL --key-file FILE");
}

/* This month up to today, unless it is told otherwise. */
static void
fill_period (LinliCtl *ctl,
             Wish     *wish)
{
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_local (linli_clock_now (ctl->clock) / G_USEC_PER_SEC);

  if (wish->to == NULL)
    wish->to = g_date_time_format (now, "%Y-%m-%d");
  if (wish->from == NULL)
    wish->from = g_date_time_format (now, "%Y-%m-01");
}

static LinliDistrictAddress *
read_address (Wish    *wish,
              GError **error)
{
  g_autofree char *key = NULL;

  return g_file_get_contents (wish->key_file, &key, NULL, error)
           ? linli_district_address_new (wish->hub, key, wish->authority) : NULL;
}

static JsonObject *
ask_figures (Wish    *wish,
             GError **error)
{
  g_autoptr(LinliDistrictAddress) address = read_address (wish, error);

  return address != NULL ? linli_district_figures_ask (address, wish->from, wish->to, wish->basis, wish->compare, error)
                         : NULL;
}

static JsonObject *
ask_cases (Wish       *wish,
           const char *centre,
           GError    **error)
{
  g_autoptr(GHashTable) query = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(LinliDistrictAddress) address = read_address (wish, error);
  g_autofree char *path = g_strdup_printf ("/v1/figures/%s/cases", centre);
  const struct { const char *name; const char *value; } all[] = {
    { "from", wish->from }, { "to", wish->to }, { "basis", wish->basis }, { "set", wish->set }, { "class", wish->class },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i].value != NULL)
      g_hash_table_insert (query, (gpointer) all[i].name, (gpointer) all[i].value);
  return address != NULL ? linli_district_ask (address->url, address->key, address->authority, path, query, error) : NULL;
}

/* --- A table of centres --- */

static void
add_counts (JsonObject              *row,
            const LinliFigureCounts *counts,
            gboolean                 known,
            const char              *before)
{
  for (const LinliDistrictColumn *column = linli_district_columns; column->id != NULL; column++)
    {
      g_autofree char *name = g_strconcat (before, column->id, NULL);

      if (known)
        json_object_set_int_member (row, name, counts->n[column->set]);
      else
        json_object_set_null_member (row, name);
    }
}

static JsonNode *
make_table (JsonObject *answer,
            gint64      now,
            gboolean    compared)
{
  g_autoptr(LinliDistrictFigures) figures = linli_district_figures_parse (answer, now);
  JsonArray *table = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < figures->centres->len; i++)
    {
      LinliDistrictCentre *centre = figures->centres->pdata[i];
      JsonObject *row = json_object_new ();

      json_object_set_string_member (row, "centre", centre->name);
      add_counts (row, &centre->counts, centre->readable, "");
      if (compared)
        add_counts (row, &centre->before, centre->compared, "before_");
      json_array_add_object_element (table, row);
    }
  json_node_take_array (node, table);

  return node;
}

static gboolean
show_figures (LinliCtl *ctl,
              Wish     *wish,
              GError  **error)
{
  g_autoptr(JsonObject) answer = ask_figures (wish, error);
  g_autoptr(JsonNode) table = NULL;

  if (answer == NULL)
    return FALSE;
  if (ctl->format == LINLI_FORMAT_JSON)
    {
      linli_ctl_print_object (ctl, answer);
      return TRUE;
    }
  table = make_table (answer, linli_clock_now (ctl->clock), wish->compare != NULL && !g_str_equal (wish->compare, "none"));
  linli_ctl_print (ctl, table);

  return TRUE;
}

/* --- The cases of one --- */

/* Returns: (transfer full): the id of the centre that was named */
static char *
find_centre (LinliCtl *ctl,
             Wish     *wish,
             GError  **error)
{
  g_autoptr(JsonObject) answer = ask_figures (wish, error);
  g_autoptr(LinliDistrictFigures) figures = NULL;

  if (answer == NULL)
    return NULL;
  figures = linli_district_figures_parse (answer, linli_clock_now (ctl->clock));
  for (guint i = 0; wish->centre != NULL && i < figures->centres->len; i++)
    {
      LinliDistrictCentre *centre = figures->centres->pdata[i];

      if (centre->workspace != NULL && (g_strcmp0 (wish->centre, centre->name) == 0 ||
                                        g_str_equal (wish->centre, centre->workspace)))
        return g_strdup (centre->workspace);
    }
  linli_ctl_usage (error, "Say which centre, as district figures names them: --centre NAME");
  return NULL;
}

static gboolean
show_cases (LinliCtl *ctl,
            Wish     *wish,
            GError  **error)
{
  g_autofree char *id = find_centre (ctl, wish, error);
  g_autoptr(JsonObject) answer = id != NULL ? ask_cases (wish, id, error) : NULL;
  JsonNode *cases;

  cases = answer != NULL ? json_object_get_member (answer, "cases") : NULL;
  if (cases != NULL)
    linli_ctl_print (ctl, cases);

  return answer != NULL;
}

static gboolean
verb_district (LinliCtl *ctl,
               int       argc,
               char    **argv,
               int      *exit_code,
               GError  **error)
{
  g_auto(Wish) wish = { NULL };

  if (argc < 1 || (!g_str_equal (argv[0], "figures") && !g_str_equal (argv[0], "cases")))
    return linli_ctl_usage (error, "Say what: district figures or district cases");
  if (!read_wish (&wish, argc, argv, error))
    return FALSE;
  fill_period (ctl, &wish);
  return g_str_equal (argv[0], "figures") ? show_figures (ctl, &wish, error) : show_cases (ctl, &wish, error);
}

const LinliVerb linli_verbs_district[] = {
  { "district", "figures|cases --hub URL --key-file FILE [--from DAY] [--to DAY] [--basis BASIS] "
                "[--compare before|year] [--centre NAME] [--set SET] [--class CLASS] [--authority PEM]",
    "the centres of a hub, and the cases behind a number; needs no store",
    verb_district },
  { NULL }
};
