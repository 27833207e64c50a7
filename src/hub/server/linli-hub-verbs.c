/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-admin.h"

#include <string.h>

const LinliHubVerb linli_hub_verbs[] = {
  { "centre", "list", "workspaces", { NULL }, FALSE, "the centres, a workspace each" },
  { "centre", "add", "workspace", { "name" }, FALSE, "make a workspace for a centre" },
  { "centre", "show", "centre.show", { "workspace" }, FALSE, "the centre in it, once a desk has joined" },
  { "unit", "list", "unit.list", { "workspace" }, FALSE, "handling units" },
  { "unit", "add", "unit.add", { "workspace", "code", "name" }, TRUE, "short_name, kind, parent, phone, contact" },
  { "unit", "change", "unit.change", { "workspace", "code" }, TRUE, "also name" },
  { "unit", "disable", "unit.disable", { "workspace", "code" }, FALSE, "nothing is sent to it any more" },
  { "unit", "enable", "unit.enable", { "workspace", "code" }, FALSE, "again" },
  { "channel", "list", "channel.list", { "workspace" }, FALSE, "channels by which matters arrive" },
  { "channel", "add", "channel.add", { "workspace", "code", "name" }, TRUE, "group, aliases, reply_by" },
  { "channel", "change", "channel.change", { "workspace", "code" }, TRUE, "also name" },
  { "channel", "disable", "channel.disable", { "workspace", "code" }, FALSE, "nothing arrives by it any more" },
  { "channel", "enable", "channel.enable", { "workspace", "code" }, FALSE, "again" },
  { "channel", "key", "key.channel", { "workspace", "code" }, FALSE, "a key with which its system hands matters in" },
  { "channel", "open311", "key.open311", { "workspace", "code" }, FALSE, "a key for Open311 clients, as this channel" },
  { "district", "key", "key.district", { "name" }, FALSE, "a key that reads the figures of all centres" },
  { "key", "list", "key.list", { NULL }, FALSE, "all keys, without what opens anything" },
  { "key", "withdraw", "key.withdraw", { "key" }, FALSE, "it opens nothing any more" },
  { "account", "list", "account.list", { "workspace" }, FALSE, "the people of a centre" },
  { "account", "add", "account.add", { "workspace", "name", "roles" }, TRUE, "login, phone, unit (its code)" },
  { "account", "role", "account.role", { "workspace", "person", "roles" }, FALSE, "all the roles the person has from now on" },
  { "account", "disable", "account.disable", { "workspace", "person" }, FALSE, "signed out at every desk that hears of it" },
  { "account", "enable", "account.enable", { "workspace", "person" }, FALSE, "again" },
  { "account", "password", "account.password", { "workspace", "person" }, FALSE, "the first line of standard input" },
  { "device", "list", "devices", { NULL }, FALSE, "the desks" },
  { "device", "disable", "revoke", { "device" }, FALSE, "let it in no more; what it brought stays" },
  { NULL }
};

/* "member=value" into @set. */
static gboolean
read_member (const char *word,
             JsonObject *set,
             GError    **error)
{
  const char *sign = strchr (word, '=');
  g_autofree char *member = sign != NULL ? g_strndup (word, (gsize) (sign - word)) : NULL;

  if (member == NULL || *member == '\0' || !g_utf8_validate (word, -1, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” should be MEMBER=VALUE", word);
      return FALSE;
    }
  json_object_set_string_member (set, member, sign + 1);
  return TRUE;
}

/**
 * linli_hub_verb_read:
 * @words: NOUN VERB …
 * @error: %G_IO_ERROR_NOT_FOUND when they are no verb of ours,
 *   %G_IO_ERROR_INVALID_ARGUMENT when the rest of the words is wrong
 *
 * Returns: (transfer full): the order for the hub that serves
 */
JsonObject *
linli_hub_verb_read (char  **words,
                     GError **error)
{
  g_autoptr(JsonObject) order = json_object_new ();
  const LinliHubVerb *verb = linli_hub_verbs;
  JsonObject *set = NULL;
  guint n_fixed = 0;

  while (verb->noun != NULL && (words[0] == NULL || words[1] == NULL || !g_str_equal (verb->noun, words[0]) ||
                                !g_str_equal (verb->verb, words[1])))
    verb++;
  if (verb->noun == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no such verb");
      return NULL;
    }
  json_object_set_string_member (order, "do", verb->order);
  for (words += 2; n_fixed < G_N_ELEMENTS (verb->words) && verb->words[n_fixed] != NULL; n_fixed++, words++)
    {
      if (*words == NULL || !g_utf8_validate (*words, -1, NULL))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s %s: the %s is missing", verb->noun, verb->verb,
                       verb->words[n_fixed]);
          return NULL;
        }
      json_object_set_string_member (order, verb->words[n_fixed], *words);
    }
  if (*words != NULL && !verb->more)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s %s: “%s” is one word too many", verb->noun,
                   verb->verb, *words);
      return NULL;
    }
  set = json_object_new ();
  json_object_set_object_member (order, "set", set);
  for (; *words != NULL; words++)
    if (!read_member (*words, set, error))
      return NULL;

  return g_steal_pointer (&order);
}
