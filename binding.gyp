{
  "targets": [
    {
      "target_name": "nmcap",
      "sources": [
        "native/addon.cc",
        "native/js_error.cc",
        "native/js_port.cc",
        "native/js_drain.cc",
        "native/kernel_sys.cc",
        "native/ring.cc",
        "native/port.cc",
        "native/filter.cc",
        "native/batch_pool.cc",
        "native/wake_pipe.cc",
        "native/drain.cc"
      ],
      "dependencies": [
        "<!(node -p \"require('node-addon-api').targets\"):node_addon_api_except"
      ],
      "libraries": ["-lpcap"],
      "cflags_cc!": ["-std=gnu++17", "-std=gnu++20", "-fno-rtti"],
      "cflags_cc": ["-std=c++17", "-Wall", "-Wextra", "-O2"],
      "ldflags": ["-pthread"]
    }
  ]
}
