# The read calls of ckanr (R), as its source sends them: GET with a query and a JSON content type, both headers with a
# key, POST with everything in the address for the datastore; every status above 201 is an error. ckanr itself comes
# from CRAN alone; crul, which carries its calls, and jsonlite, which reads them, come from Debian.
# Arguments: the portal's address, a dataset's name. Prints one line of JSON for each call.
told <- commandArgs(trailingOnly = TRUE)
address <- told[1]
dataset <- told[2]

reading <- function(answer, path) {
  if (answer$status_code > 201) stop(path, " - ", answer$status_code)
  jsonlite::fromJSON(answer$parse("UTF-8"), FALSE)$result
}

get <- function(action, query = list(), key = "bukan-kunci") {
  headers <- list(`Content-Type` = "application/json", Authorization = key, `X-CKAN-API-Key` = key)
  con <- crul::HttpClient$new(url = file.path(address, "api/3/action", action), headers = headers)
  reading(con$verb("get", query = query), action)
}

post <- function(action, query) {
  con <- crul::HttpClient$new(url = file.path(address, "api/action", action), headers = list(`Content-Type` = "application/json"))
  reading(con$post(query = query), action)
}

say <- function(name, value) cat(jsonlite::toJSON(list(call = name, value = value), auto_unbox = TRUE), "\n", sep = "")

status <- get("status_show")
say("ckan_version", as.numeric(gsub("\\.", "", status$ckan_version)))
say("package_list", get("package_list", list(offset = 0, limit = 31)))
found <- get("package_search", list(
  q = "*:*", facet = "false", include_drafts = "false", include_private = "false", use_default_schema = "false"
))
say("package_search", found$count)
shown <- get("package_show", list(id = dataset, use_default_schema = "false"))
say("package_show", shown$name)
say("organization_list", length(get("organization_list", list(all_fields = "True", limit = 31))))
say("organization_show", get("organization_show", list(id = shown$organization$name, include_datasets = "false"))$name)
say("group_list", length(get("group_list", list(all_fields = "true", limit = 31))))
say("tag_list", length(get("tag_list", list(all_fields = "false"))))
say("license_list", length(get("license_list")))
say("help_show", nchar(get("help_show", list(name = "package_search"))))
tables <- Filter(function(one) one$datastore_active, shown$resources)
resource <- get("resource_show", list(id = tables[[1]]$id))
say("resource_show", resource$format)
rows <- post("datastore_search", list(resource_id = resource$id, limit = 2, sort = "tahun desc"))
say("ds_search", length(rows$records))
say("fields", vapply(rows$fields, function(one) one$type, ""))
say("missing", tryCatch(get("package_show", list(id = "tidak-ada")), error = conditionMessage))
