// What the build makes of files that are no scripts.
declare module "*.css" {
  const style: string;
  export default style;
}
