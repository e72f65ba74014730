#!/bin/sh
# Compile the stylesheets and copy what others wrote into portal/static/vendor. Needs npm.
set -eu
cd "$(dirname "$0")"
npm install --ignore-scripts --no-audit --no-fund --no-package-lock
vendor=../portal/static/vendor
npx sass --style=compressed --no-source-map --pkg-importer=node --quiet-deps app.scss "$vendor/app.css"
npx rtlcss "$vendor/app.css" "$vendor/app.rtl.css"
cp node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js "$vendor/"
for weight in 400 700; do
  for script in latin latin-ext cyrillic greek; do
    cp "node_modules/@fontsource/noto-sans/files/noto-sans-$script-$weight-normal.woff2" "$vendor/fonts/"
  done
  cp "node_modules/@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-$weight-normal.woff2" "$vendor/fonts/"
done
cp node_modules/cytoscape/dist/cytoscape.esm.min.mjs "$vendor/"
cp node_modules/cytoscape/LICENSE "$vendor/licences/cytoscape.txt"
cp node_modules/world-atlas/LICENSE "$vendor/licences/world-atlas.txt"
python3 world.py node_modules/world-atlas/countries-110m.json ../portal/pictures/world.json
