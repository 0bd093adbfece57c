/** libheif-js has types for libheif's C interface only; this is the part of its own that is used here. */
declare module "libheif-js/libheif-wasm/libheif-bundle.js" {
  export interface HeifImage {
    readonly get_width: () => number;
    readonly get_height: () => number;
    /** Fills `target.data` with red, green, blue and alpha; calls back with null when the picture can't be read. */
    readonly display: (
      target: {
        readonly data: Uint8ClampedArray;
        readonly width: number;
        readonly height: number;
      },
      done: (shown: object | null) => void,
    ) => void;
  }
  interface Libheif {
    readonly ready: Promise<unknown>;
    readonly HeifDecoder: new () => {
      readonly decode: (bytes: Uint8Array) => readonly HeifImage[];
    };
  }
  const createLibheif: () => Libheif;
  export default createLibheif;
}
