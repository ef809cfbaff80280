"""How the page of an evaluation looks."""

STYLE = """
:root { color-scheme: light; }
body { margin: 0; background: #f4f4f6; color: #1c1d21; font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 32px 28px 64px; background: #fff; }
h1 { font-size: 26px; margin: 0 0 4px; }
h2 { font-size: 19px; margin: 40px 0 8px; border-top: 1px solid #e3e3e8; padding-top: 20px; }
h3 { font-size: 15px; margin: 22px 0 6px; }
p { max-width: 78ch; margin: 6px 0; }
.muted { color: #5c5f68; }
.attention { border-left: 4px solid #c25100; background: #fdf1e7; padding: 8px 14px; margin: 14px 0; font-weight: 600; }
.remark { border-left: 4px solid #8a8d96; background: #f4f4f6; padding: 8px 14px; margin: 14px 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: 12px; margin: 18px 0; }
.card { border: 1px solid #e0e0e6; border-radius: 8px; padding: 12px 14px; background: #fafafc; }
.card b { display: block; font-size: 25px; font-variant-numeric: tabular-nums; }
.card span { color: #5c5f68; font-size: 13px; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(330px, 1fr)); gap: 14px; }
.figures img { width: 100%; border: 1px solid #e9e9ee; border-radius: 6px; background: #fff; }
.samples { display: grid; grid-template-columns: repeat(auto-fill, minmax(350px, 1fr)); gap: 18px; }
.samples figure { margin: 0; }
.samples img { width: 100%; border-radius: 4px; }
figcaption { margin-top: 4px; font-size: 13px; color: #5c5f68; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13.5px; font-variant-numeric: tabular-nums; margin: 8px 0; }
th, td { text-align: right; padding: 5px 0 5px 16px; border-bottom: 1px solid #ececf0; vertical-align: top; }
th { font-weight: 600; color: #44464d; border-bottom: 1px solid #bbbbc4; max-width: 150px; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
td small { color: #6a6d76; white-space: nowrap; display: block; }
.facts td { text-align: left; }
.facts td:first-child { padding-right: 24px; }
code { font-size: 12.5px; overflow-wrap: anywhere; }
@media print {
  body { background: #fff; }
  main { padding: 0; }
  h2 { break-after: avoid; }
  table, img { break-inside: avoid; }
}
"""
