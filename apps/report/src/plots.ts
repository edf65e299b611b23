export { type Curve, type CurvePanel, type Curves, curvePanels, curvePlot } from "./curves.ts"
export { type Caption, logAxis, plotted, widthOf } from "./plotted.ts"
