<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ContributionBars</name>
    <message>
        <source>Contribution of the two streams</source>
        <translation>两个流的贡献</translation>
    </message>
    <message>
        <source>Exact Shapley values in logit units: to the right speaks for manipulation, to the left against. Half of the interaction is inside each stream's bar.</source>
        <translation>以 logit 为单位的精确 Shapley 值：向右支持篡改，向左反对篡改。交互作用的一半计入每个流的条形。</translation>
    </message>
</context>
<context>
    <name>DigestRow</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy frame number, time stamp and digest</source>
        <translation>复制帧号、时间戳和摘要值</translation>
    </message>
    <message>
        <source>SHA-256 of the frame's RGB bytes as decoded, upright, row by row: the digest that a report prints</source>
        <translation>解码后的帧（已转正、逐行）RGB 字节的 SHA-256：即报告中所印的摘要值</translation>
    </message>
    <message>
        <source>SHA-256 of the frame's RGB pixels as decoded</source>
        <translation>解码后帧的 RGB 像素的 SHA-256</translation>
    </message>
</context>
<context>
    <name>FaceCard</name>
    <message>
        <source>Crop</source>
        <translation>裁剪图</translation>
    </message>
    <message>
        <source>Heatmap</source>
        <translation>热力图</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Noise residual: filters as red, green, blue; zero is mid-gray; square-root scale from −0.25 to 0.25</source>
        <translation>噪声残差：各滤波器以红、绿、蓝表示；零为中灰；平方根标度，从 −0.25 到 0.25</translation>
    </message>
    <message>
        <source>Selected face</source>
        <translation>选中的人脸</translation>
    </message>
    <message>
        <source>The face as the network sees it</source>
        <translation>网络所见的人脸</translation>
    </message>
    <message>
        <source>Where the network sees forgery, on a fixed scale from 0 to 1</source>
        <translation>网络认为有伪造的位置，固定标度从 0 到 1</translation>
    </message>
</context>
<context>
    <name>FacesView</name>
    <message>
        <source>Faces</source>
        <translation>人脸</translation>
    </message>
</context>
<context>
    <name>FrameFacts</name>
    <message>
        <source>The wanted frame is being decoded; meanwhile this one is on the screen</source>
        <translation>所需的帧正在解码；屏幕上暂时显示此帧</translation>
    </message>
    <message>
        <source>Time of the frame, hours:minutes:seconds</source>
        <translation>帧的时间，时:分:秒</translation>
    </message>
    <message>
        <source>Type of the frame: I, P or B</source>
        <translation>帧的类型：I、P 或 B</translation>
    </message>
</context>
<context>
    <name>GoToField</name>
    <message>
        <source>Frame number</source>
        <translation>帧号</translation>
    </message>
    <message>
        <source>Number of the frame, from 0. Go to a frame (123), a time (1:02.5 or 62.5 s) or pts 12345 (G)</source>
        <translation>帧号，从 0 起。转到某一帧（123）、某一时间（1:02.5 或 62.5 s）或 pts 12345（G）</translation>
    </message>
    <message>
        <source>Takes a frame number, a time or a presentation time stamp</source>
        <translation>可输入帧号、时间或显示时间戳</translation>
    </message>
</context>
<context>
    <name>HeaderView</name>
    <message>
        <source>Progress of the analysis</source>
        <translation>分析进度</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Face at this frame</source>
        <translation>此帧的人脸</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>视频</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Put everything that is known of this error on the clipboard</source>
        <translation>将此错误的全部信息复制到剪贴板</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
</context>
<context>
    <name>QueueTable</name>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message>
        <source>Earlier</source>
        <translation>提前</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移出</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Analysis</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Run on screen</source>
        <translation>屏幕上的分析</translation>
    </message>
    <message>
        <source>Runs of this video; each has its own settings, model and results</source>
        <translation>此视频的各次分析；每次都有各自的设置、模型和结果</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
</context>
<context>
    <name>SoundKnob</name>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
</context>
<context>
    <name>StartPanel</name>
    <message>
        <source>Analyze</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Detector</source>
        <translation>检测器</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Mark the part with I and O</source>
        <translation>用 I 和 O 标出区段</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>On how many of the analyzed frames the two streams are weighed; each takes four passes instead of one</source>
        <translation>在多少已分析帧上衡量两个流的贡献；每个这样的帧需要四次而非一次前向计算</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>区段</translation>
    </message>
    <message>
        <source>Settings of the analysis</source>
        <translation>分析的设置</translation>
    </message>
    <message>
        <source>Smaller faces are left out; smaller values take longer</source>
        <translation>更小的人脸会被忽略；数值越小，耗时越长</translation>
    </message>
    <message>
        <source>Smallest face</source>
        <translation>最小人脸</translation>
    </message>
    <message>
        <source>Streams</source>
        <translation>流</translation>
    </message>
    <message>
        <source>Trained weights of the network</source>
        <translation>网络的训练权重</translation>
    </message>
    <message>
        <source>What finds the faces</source>
        <translation>用于检测人脸</translation>
    </message>
    <message>
        <source>Where the network runs</source>
        <translation>网络运行的设备</translation>
    </message>
    <message>
        <source>Which frames are analyzed; more frames take longer</source>
        <translation>分析哪些帧；帧数越多，耗时越长</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Lanes of the timeline</source>
        <translation>时间轴的轨道</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
</context>
<context>
    <name>TransportView</name>
    <message>
        <source>Frames that could not be shown in time since playing began; stepping shows each of them</source>
        <translation>自播放开始以来未能及时显示的帧数；逐帧步进时每一帧都会显示</translation>
    </message>
    <message>
        <source>Speed of playing</source>
        <translation>播放速度</translation>
    </message>
    <message>
        <source>Speed of playing (J, K, L)</source>
        <translation>播放速度（J、K、L）</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>Fake probability of the highest face, with its 95 % interval over time</source>
        <translation>得分最高的人脸的伪造概率及其随时间的 95 % 区间</translation>
    </message>
    <message>
        <source>Fake probability, 95 % interval</source>
        <translation>伪造概率，95 % 区间</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
</context>
<context>
    <name>VideosTable</name>
    <message>
        <source>Videos of the case</source>
        <translation>案件的视频</translation>
    </message>
</context>
<context>
    <name>ViewStrip</name>
    <message>
        <source>Opacity of the heatmap</source>
        <translation>热力图的不透明度</translation>
    </message>
</context>
<context>
    <name>lav</name>
    <message>
        <source> (run {number})</source>
        <translation>（第 {number} 次分析）</translation>
    </message>
    <message>
        <source>&amp;100 %</source>
        <translation>&amp;100 %</translation>
    </message>
    <message>
        <source>&amp;About LAV</source>
        <translation>关于 LAV(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Analysis</source>
        <translation>分析(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Analyze</source>
        <translation>开始分析(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Boxes</source>
        <translation>人脸框(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Cancel analysis</source>
        <translation>取消分析(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Change the shortcuts…</source>
        <translation>更改快捷键(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Clear marks</source>
        <translation>清除入点和出点(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Compare to a file…</source>
        <translation>与另一文件比较(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Copy frame</source>
        <translation>复制此帧(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Copy note</source>
        <translation>复制备注(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Delete note</source>
        <translation>删除备注(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>设备(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Difference</source>
        <translation>差异(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Digest of the frame</source>
        <translation>此帧的摘要值(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Edit note…</source>
        <translation>编辑备注(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;First frame</source>
        <translation>第一帧(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>适合窗口(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Frames</source>
        <translation>帧(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Go on with this run</source>
        <translation>继续本次分析(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Go to…</source>
        <translation>转到(&amp;G)…</translation>
    </message>
    <message>
        <source>&amp;Heatmap</source>
        <translation>热力图(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Last frame</source>
        <translation>最后一帧(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Leave out or take in</source>
        <translation>排除或重新纳入(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Line at 0.5</source>
        <translation>0.5 等值线(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Loop</source>
        <translation>循环播放(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Louder</source>
        <translation>增大音量(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Memory for frames</source>
        <translation>帧缓存内存(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Merge with…</source>
        <translation>合并到(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Move the picture</source>
        <translation>移动画面(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Mute</source>
        <translation>静音(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;New case…</source>
        <translation>新建案件(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Next face</source>
        <translation>下一张人脸(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Next frame</source>
        <translation>下一帧(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Noise residual</source>
        <translation>噪声残差(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Pin this frame</source>
        <translation>固定此帧(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation>播放或暂停(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Playback</source>
        <translation>播放(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Previous face</source>
        <translation>上一张人脸(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Previous frame</source>
        <translation>上一帧(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Previous note</source>
        <translation>上一条备注(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Quieter</source>
        <translation>减小音量(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Remove video</source>
        <translation>移除视频(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Reset the layout</source>
        <translation>恢复默认布局(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Select no face</source>
        <translation>取消选择人脸(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Settings of the next analysis</source>
        <translation>下次分析的设置(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Smallest face</source>
        <translation>最小人脸(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation>分屏(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Stop adding</source>
        <translation>停止添加(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Timeline</source>
        <translation>时间轴(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;What's this?</source>
        <translation>这是什么？(&amp;W)</translation>
    </message>
    <message>
        <source>(resized from {size})</source>
        <translation>（由 {size} 缩放）</translation>
    </message>
    <message>
        <source>(still of frame {index})</source>
        <translation>（仍为第 {index} 帧）</translation>
    </message>
    <message>
        <source>(untrained)</source>
        <translation>（未训练）</translation>
    </message>
    <message>
        <source>1 frame in {value}</source>
        <translation>每 {value} 帧取 1 帧</translation>
    </message>
    <message>
        <source>1 second back</source>
        <translation>后退 1 秒</translation>
    </message>
    <message>
        <source>1 second on</source>
        <translation>前进 1 秒</translation>
    </message>
    <message>
        <source>10 frames back</source>
        <translation>后退 10 帧</translation>
    </message>
    <message>
        <source>10 frames on</source>
        <translation>前进 10 帧</translation>
    </message>
    <message>
        <source>3 to 6 times as fast as MTCNN on a processor. Boxes differ a little, and so do all scores.</source>
        <translation>在处理器上比 MTCNN 快 3 至 6 倍。人脸框略有不同，所有分数也随之略有不同。</translation>
    </message>
    <message>
        <source>A face that is too small to be analyzed</source>
        <translation>人脸过小，无法分析</translation>
    </message>
    <message>
        <source>A marker on this frame, or on the marked part, at once</source>
        <translation>立即在此帧或选定区段上做标记</translation>
    </message>
    <message>
        <source>A scene begins here</source>
        <translation>场景从此处开始</translation>
    </message>
    <message>
        <source>About LAV</source>
        <translation>关于 LAV</translation>
    </message>
    <message>
        <source>About {time} left</source>
        <translation>约剩 {time}</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>操作及其快捷键</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add &amp;videos…</source>
        <translation>添加视频(&amp;V)…</translation>
    </message>
    <message>
        <source>Add it to this case</source>
        <translation>添加到此案件</translation>
    </message>
    <message>
        <source>Add videos to the case</source>
        <translation>向案件添加视频</translation>
    </message>
    <message>
        <source>Adjust the &amp;comparison</source>
        <translation>调整比较(&amp;C)</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>All keys as the program comes with them</source>
        <translation>全部快捷键恢复为出厂设置</translation>
    </message>
    <message>
        <source>All keys on one sheet</source>
        <translation>在一页上列出所有快捷键</translation>
    </message>
    <message>
        <source>All settings are kept in {path}, also those not shown here; your own comments in it stay.</source>
        <translation>所有设置（包括此处未显示的）保存在 {path} 中；您在其中写的注释会保留。</translation>
    </message>
    <message>
        <source>Always BT.601</source>
        <translation>始终采用 BT.601</translation>
    </message>
    <message>
        <source>Always BT.709</source>
        <translation>始终采用 BT.709</translation>
    </message>
    <message>
        <source>An analysis is running. What is done stays in the case, and you can go on with it later.</source>
        <translation>分析正在进行。已完成的部分会保留在案件中，稍后可以继续。</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Analyze a&amp;ll</source>
        <translation>全部分析(&amp;L)</translation>
    </message>
    <message>
        <source>Analyze again</source>
        <translation>重新分析</translation>
    </message>
    <message>
        <source>Analyze it</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Analyze the video; then pause on an analyzed frame, or select a face that is seen in it.</source>
        <translation>先分析视频；然后停在已分析的帧上，或选择该帧中可见的人脸。</translation>
    </message>
    <message>
        <source>Analyze the whole video</source>
        <translation>分析整段视频</translation>
    </message>
    <message>
        <source>Analyzed</source>
        <translation>已分析</translation>
    </message>
    <message>
        <source>Analyzed frames in which it was seen.</source>
        <translation>出现该人脸的已分析帧数。</translation>
    </message>
    <message>
        <source>Analyzed frames in which the face was seen.</source>
        <translation>出现该人脸的已分析帧数。</translation>
    </message>
    <message>
        <source>Analyzing, {percent} %</source>
        <translation>分析中，{percent} %</translation>
    </message>
    <message>
        <source>Apple GPU</source>
        <translation>Apple GPU</translation>
    </message>
    <message>
        <source>Artifact</source>
        <translation>伪影</translation>
    </message>
    <message>
        <source>As at first</source>
        <translation>恢复初始</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>At</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>At least one face scores as manipulated faces did in testing. That is a finding, not a proof.</source>
        <translation>至少一张人脸的得分与测试中经过篡改的人脸相当。这是一项发现，而非证明。</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Automatic: {rule}</source>
        <translation>自动：{rule}</translation>
    </message>
    <message>
        <source>Axis</source>
        <translation>坐标轴</translation>
    </message>
    <message>
        <source>Axis of the timeline: frames or time</source>
        <translation>时间轴的坐标：帧或时间</translation>
    </message>
    <message>
        <source>Bar: the face is seen. Thin line: out of sight. Slanted: no face in the analyzed frames. Crossed: a face that is too small to be analyzed.</source>
        <translation>条形：出现人脸。细线：人脸不在画面中。斜线：已分析的帧中没有人脸。交叉线：人脸过小，无法分析。</translation>
    </message>
    <message>
        <source>Bars: change from the picture before (root scale). High lines: scene cuts. Blocks at the foot: the very same picture again.</source>
        <translation>条形：与前一画面的变化（平方根标度）。高线：场景切换。底部方块：与前一画面完全相同。</translation>
    </message>
    <message>
        <source>Before an analysis: its settings and what they cost. Afterwards: the verdict, what speaks for it and against it, and what could not be judged.</source>
        <translation>分析之前：设置及其代价。分析之后：判定、支持与反对的依据，以及未能判定的内容。</translation>
    </message>
    <message>
        <source>Begin the next video</source>
        <translation>开始下一个视频</translation>
    </message>
    <message>
        <source>Being computed…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>Block-bootstrap interval of the score over time.</source>
        <translation>得分随时间的分块自助法区间。</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>By the file's tags, else by its height</source>
        <translation>按文件标签，否则按画面高度</translation>
    </message>
    <message>
        <source>By the pace measured on this computer.</source>
        <translation>按在本机测得的速度估计。</translation>
    </message>
    <message>
        <source>C&amp;olor</source>
        <translation>色彩(&amp;O)</translation>
    </message>
    <message>
        <source>Calibrated, with {count} measured thresholds. Another model changes every number.</source>
        <translation>已校准，有 {count} 个实测阈值。更换模型会改变所有数值。</translation>
    </message>
    <message>
        <source>Case &amp;details…</source>
        <translation>案件信息(&amp;D)…</translation>
    </message>
    <message>
        <source>Case number</source>
        <translation>案件编号</translation>
    </message>
    <message>
        <source>Case number, examiner, request: what the cover of the report says</source>
        <translation>案件编号、鉴定人、委托事项：报告封面所载内容</translation>
    </message>
    <message>
        <source>Case {day}</source>
        <translation>案件 {day}</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Cases that were open lately</source>
        <translation>最近打开的案件</translation>
    </message>
    <message>
        <source>Change the keyboard shortcuts</source>
        <translation>更改键盘快捷键</translation>
    </message>
    <message>
        <source>Changes the time. Not measured on this computer yet. {rest}</source>
        <translation>影响耗时。尚未在本机测量。{rest}</translation>
    </message>
    <message>
        <source>Changes the time: {time} per frame in the last analysis ({device}). {rest}</source>
        <translation>影响耗时：上次分析每帧 {time}（{device}）。{rest}</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Choose an action above</source>
        <translation>请在上方选择操作</translation>
    </message>
    <message>
        <source>Choose what the picture shows: the original or what the network sees, heatmap, boxes, and the zoom.</source>
        <translation>选择画面所示内容：原始画面或网络所见、热力图、人脸框以及缩放比例。</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>密级</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>关闭窗口</translation>
    </message>
    <message>
        <source>Coded after a later frame (as B frames are)</source>
        <translation>在较后的帧之后编码（如 B 帧）</translation>
    </message>
    <message>
        <source>Coded in the order of showing (as P frames are)</source>
        <translation>按显示顺序编码（如 P 帧）</translation>
    </message>
    <message>
        <source>Color</source>
        <translation>色彩</translation>
    </message>
    <message>
        <source>Compare to a file</source>
        <translation>与另一文件比较</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>与…比较</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>组件</translation>
    </message>
    <message>
        <source>Compressed bytes of each frame, logarithmic; key packets in the accent's color.</source>
        <translation>每帧压缩后的字节数，对数标度；关键包以强调色显示。</translation>
    </message>
    <message>
        <source>Copied as PNG, with file, frame, time and digests in it.</source>
        <translation>已复制为 PNG，其中包含文件、帧号、时间和摘要值。</translation>
    </message>
    <message>
        <source>Copy face crop</source>
        <translation>复制人脸裁剪图</translation>
    </message>
    <message>
        <source>Copy the frame as PNG</source>
        <translation>将此帧复制为 PNG</translation>
    </message>
    <message>
        <source>Copy the selected face as PNG</source>
        <translation>将选中的人脸复制为 PNG</translation>
    </message>
    <message>
        <source>Copy the selected note as text</source>
        <translation>将选中的备注复制为文本</translation>
    </message>
    <message>
        <source>Ctrl+Return</source>
        <translation>Ctrl+Return</translation>
    </message>
    <message>
        <source>Cuts, repeats</source>
        <translation>切换与重复</translation>
    </message>
    <message>
        <source>D&amp;etector</source>
        <translation>检测器(&amp;E)</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Decoding the shown frames</source>
        <translation>正在解码所示的帧</translation>
    </message>
    <message>
        <source>Details of the case</source>
        <translation>案件信息</translation>
    </message>
    <message>
        <source>Difference to {pinned}, ×{gain}, gray is none</source>
        <translation>与{pinned}的差异，×{gain}，灰色表示无差异</translation>
    </message>
    <message>
        <source>Disagreement</source>
        <translation>分歧</translation>
    </message>
    <message>
        <source>Done again: {what}</source>
        <translation>已重做：{what}</translation>
    </message>
    <message>
        <source>Double the differences</source>
        <translation>差异放大一倍</translation>
    </message>
    <message>
        <source>Drop &amp;marker</source>
        <translation>添加标记(&amp;M)</translation>
    </message>
    <message>
        <source>Drop a video or a case here</source>
        <translation>将视频或案件拖放到此处</translation>
    </message>
    <message>
        <source>Drop it here, or press {key}. The file is only read, never changed.</source>
        <translation>拖放到此处，或按 {key}。文件只会被读取，绝不会被更改。</translation>
    </message>
    <message>
        <source>Drop it here. The file is only read, never changed.</source>
        <translation>拖放到此处。文件只会被读取，绝不会被更改。</translation>
    </message>
    <message>
        <source>Drop videos here; all that are in a case can be analyzed in a row.</source>
        <translation>将视频拖放到此处；案件中的所有视频可依次分析。</translation>
    </message>
    <message>
        <source>Each frame takes about {time}; more frames catch shorter manipulations.</source>
        <translation>每帧约需 {time}；帧数越多，越能发现短暂的篡改。</translation>
    </message>
    <message>
        <source>Edit note</source>
        <translation>编辑备注</translation>
    </message>
    <message>
        <source>End the comparison</source>
        <translation>结束比较</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Every video of this case is analyzed to its end already.</source>
        <translation>此案件的所有视频均已分析完毕。</translation>
    </message>
    <message>
        <source>Examiner</source>
        <translation>鉴定人</translation>
    </message>
    <message>
        <source>Exhibit</source>
        <translation>检材</translation>
    </message>
    <message>
        <source>Exhibit number</source>
        <translation>检材编号</translation>
    </message>
    <message>
        <source>Export &amp;report…</source>
        <translation>导出报告(&amp;R)…</translation>
    </message>
    <message>
        <source>Export a PDF that another expert can check.</source>
        <translation>导出可供其他专家核查的 PDF。</translation>
    </message>
    <message>
        <source>Export the report</source>
        <translation>导出报告</translation>
    </message>
    <message>
        <source>Fa&amp;ces</source>
        <translation>人脸(&amp;C)</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Face {number}</source>
        <translation>人脸 {number}</translation>
    </message>
    <message>
        <source>Face {number} in frame {index}</source>
        <translation>第 {index} 帧中的人脸 {number}</translation>
    </message>
    <message>
        <source>Face {number} is the same person as</source>
        <translation>人脸 {number} 与下列人脸为同一人</translation>
    </message>
    <message>
        <source>Face {number}: {smoothed}, this frame alone {raw}</source>
        <translation>人脸 {number}：{smoothed}，仅此帧 {raw}</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Faces are found and scored in the background; you can look around meanwhile.</source>
        <translation>人脸的检测和评分在后台进行，期间可以随意查看。</translation>
    </message>
    <message>
        <source>Faces found in its latest run.</source>
        <translation>最近一次分析中找到的人脸数。</translation>
    </message>
    <message>
        <source>Faces over time</source>
        <translation>人脸时程</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Failed: {reason}</source>
        <translation>失败：{reason}</translation>
    </message>
    <message>
        <source>Fake probability</source>
        <translation>伪造概率</translation>
    </message>
    <message>
        <source>Fake probability of the face as a whole: its mean frame logit, calibrated.</source>
        <translation>该人脸整体的伪造概率：各帧 logit 的均值，经校准。</translation>
    </message>
    <message>
        <source>Fake probability of the face as a whole: its mean frame logit, calibrated. In brackets: not judged.</source>
        <translation>整张人脸的伪造概率：各帧 logit 的平均值，经过校准。括号内：未作判定。</translation>
    </message>
    <message>
        <source>Fake probability on its scale</source>
        <translation>标尺上的伪造概率</translation>
    </message>
    <message>
        <source>Fake probability {value}, 95 % interval {interval}.</source>
        <translation>伪造概率 {value}，95 % 区间 {interval}。</translation>
    </message>
    <message>
        <source>Find it…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Finish the present video and begin no other</source>
        <translation>完成当前视频，不再开始其他视频</translation>
    </message>
    <message>
        <source>First and last analyzed frame in which it is seen.</source>
        <translation>该人脸出现的第一个和最后一个已分析帧。</translation>
    </message>
    <message>
        <source>First and last analyzed frame.</source>
        <translation>第一个和最后一个已分析的帧。</translation>
    </message>
    <message>
        <source>First and last frame of the span.</source>
        <translation>区段的首帧和末帧。</translation>
    </message>
    <message>
        <source>First frame</source>
        <translation>首帧</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>折叠</translation>
    </message>
    <message>
        <source>Fold all others</source>
        <translation>折叠其他全部</translation>
    </message>
    <message>
        <source>Follo&amp;w the face</source>
        <translation>跟随人脸(&amp;W)</translation>
    </message>
    <message>
        <source>Follow the curves to the high frames, and see in the face where the network finds traces.</source>
        <translation>沿曲线找到偏高的帧，查看网络在人脸何处发现痕迹。</translation>
    </message>
    <message>
        <source>Frame number and time. The line at its foot: frames that are decoded and in memory.</source>
        <translation>帧号和时间。底部的线：已解码并在内存中的帧。</translation>
    </message>
    <message>
        <source>Frame of the highest smoothed value.</source>
        <translation>平滑值最高的帧。</translation>
    </message>
    <message>
        <source>Frame of the peak.</source>
        <translation>峰值所在的帧。</translation>
    </message>
    <message>
        <source>Frame types</source>
        <translation>帧类型</translation>
    </message>
    <message>
        <source>Frame {done} of {planned} · {percent} %</source>
        <translation>第 {done} 帧，共 {planned} 帧 · {percent} %</translation>
    </message>
    <message>
        <source>Frame {frame} · PTS {pts} · SHA-256</source>
        <translation>第 {frame} 帧 · PTS {pts} · SHA-256</translation>
    </message>
    <message>
        <source>Frame {frame} · {time}</source>
        <translation>第 {frame} 帧 · {time}</translation>
    </message>
    <message>
        <source>Frame {index}</source>
        <translation>第 {index} 帧</translation>
    </message>
    <message>
        <source>Frame {index} on the screen is not the picture that was analyzed: their digests differ. The file, the decoder or the color rule has changed since; analyze the video again.</source>
        <translation>屏幕上的第 {index} 帧不是当时分析的画面：两者的摘要值不同。文件、解码器或色彩规则此后已改变；请重新分析该视频。</translation>
    </message>
    <message>
        <source>Frame {index} yields no picture: {reason}</source>
        <translation>第 {index} 帧无法得到画面：{reason}</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>From this frame on the selected face is another person</source>
        <translation>从此帧起，选中的人脸是另一个人</translation>
    </message>
    <message>
        <source>G&amp;o on with the queue</source>
        <translation>继续队列(&amp;O)</translation>
    </message>
    <message>
        <source>Gathering the results</source>
        <translation>正在汇总结果</translation>
    </message>
    <message>
        <source>Give actions other keys</source>
        <translation>为操作指定其他快捷键</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go on with the run on screen where it stopped</source>
        <translation>从中断处继续屏幕上的分析</translation>
    </message>
    <message>
        <source>Go on without it</source>
        <translation>不用它，继续</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Halve the differences</source>
        <translation>差异减半</translation>
    </message>
    <message>
        <source>Hashing</source>
        <translation>正在计算哈希值</translation>
    </message>
    <message>
        <source>Hear nothing</source>
        <translation>关闭声音</translation>
    </message>
    <message>
        <source>High</source>
        <translation>偏高</translation>
    </message>
    <message>
        <source>High: key packet. Middle: coded in the order of showing (P). Low: coded after a later frame (B).</source>
        <translation>高：关键包。中：按显示顺序编码（P）。低：在较后的帧之后编码（B）。</translation>
    </message>
    <message>
        <source>Highest smoothed fake probability in it.</source>
        <translation>其中最高的平滑伪造概率。</translation>
    </message>
    <message>
        <source>Hold for the &amp;original</source>
        <translation>按住显示原始画面(&amp;O)</translation>
    </message>
    <message>
        <source>Holds about {count} frames of this video; more makes going back and forth faster. Takes effect at the next start.</source>
        <translation>约可容纳此视频的 {count} 帧；内存越多，前后浏览越快。下次启动时生效。</translation>
    </message>
    <message>
        <source>How far its analysis is.</source>
        <translation>其分析的进度。</translation>
    </message>
    <message>
        <source>How long it lasts.</source>
        <translation>持续时长。</translation>
    </message>
    <message>
        <source>How much of the logit cancels out because RGB and noise point opposite ways; 0 where they agree. Key: D.</source>
        <translation>RGB 与噪声方向相反而相互抵消的 logit 量；一致时为 0。按键：D。</translation>
    </message>
    <message>
        <source>How often may a real video be called “likely manipulated”? A stricter threshold accuses fewer real videos and misses more manipulated ones. It costs no time: results stay, only the verdict is made anew.</source>
        <translation>可以容许多少真实视频被判为“可能经过篡改”？阈值越严，误指的真实视频越少，漏掉的篡改视频越多。这不花费时间：结果保留，只重新作出判定。</translation>
    </message>
    <message>
        <source>In another process</source>
        <translation>在另一进程中</translation>
    </message>
    <message>
        <source>In testing, {real} of real videos reached the threshold {threshold} (95 % interval up to {bound}), and {fake} of manipulated ones (from {lower}).</source>
        <translation>测试中，{real} 的真实视频达到阈值 {threshold}（95 % 区间上限 {bound}），篡改视频中有 {fake} 达到（区间下限 {lower}）。</translation>
    </message>
    <message>
        <source>Inconclusive</source>
        <translation>无法定论</translation>
    </message>
    <message>
        <source>Interaction</source>
        <translation>交互</translation>
    </message>
    <message>
        <source>It is being analyzed.</source>
        <translation>正在分析此视频。</translation>
    </message>
    <message>
        <source>It is in the queue; its turn comes.</source>
        <translation>已在队列中，将依次处理。</translation>
    </message>
    <message>
        <source>Keep the frame of the same time of another file pinned</source>
        <translation>固定另一文件同一时间的帧</translation>
    </message>
    <message>
        <source>Keep the selected face large and still</source>
        <translation>让选中的人脸放大并保持不动</translation>
    </message>
    <message>
        <source>Keep what is there</source>
        <translation>保留已有结果</translation>
    </message>
    <message>
        <source>Key of “{action}”</source>
        <translation>“{action}”的快捷键</translation>
    </message>
    <message>
        <source>Key packet: can be decoded on its own</source>
        <translation>关键包：可独立解码</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Kind of note</source>
        <translation>备注的类别</translation>
    </message>
    <message>
        <source>LAV looks for traces of face forgery, shows where they are, and keeps what it finds in a case file.</source>
        <translation>LAV 查找人脸伪造的痕迹，指出其所在位置，并将结果保存在案件文件中。</translation>
    </message>
    <message>
        <source>LAV's source is licensed under Apache-2.0, and so are its icons. The fonts are under the SIL Open Font License 1.1, the demo clip under CC BY 4.0. A bundled program that carries x264 and x265 is as a whole under GPL-3.0-or-later.</source>
        <translation>LAV 的源代码和图标采用 Apache-2.0 许可。字体采用 SIL Open Font License 1.1，演示片段采用 CC BY 4.0。包含 x264 和 x265 的打包程序整体采用 GPL-3.0-or-later。</translation>
    </message>
    <message>
        <source>Laboratory</source>
        <translation>实验室</translation>
    </message>
    <message>
        <source>Language and cache take effect at the next start.</source>
        <translation>语言和缓存在下次启动时生效。</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation>末帧</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Lay the smoothed curves of another run over these, dashed</source>
        <translation>将另一次分析的平滑曲线以虚线叠加于此</translation>
    </message>
    <message>
        <source>Leave out the videos that are not read yet</source>
        <translation>略过尚未读取的视频</translation>
    </message>
    <message>
        <source>Leave the selected face out of the analysis, or take it in again</source>
        <translation>将选中的人脸排除在分析之外，或重新纳入</translation>
    </message>
    <message>
        <source>Left: original</source>
        <translation>左：原始画面</translation>
    </message>
    <message>
        <source>Let go of the other file</source>
        <translation>关闭另一文件</translation>
    </message>
    <message>
        <source>Let go of the video and its case</source>
        <translation>关闭视频及其案件</translation>
    </message>
    <message>
        <source>Let the axis count time instead of frames</source>
        <translation>坐标轴以时间而非帧计</translation>
    </message>
    <message>
        <source>License</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Licenses</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Likely manipulated</source>
        <translation>可能经过篡改</translation>
    </message>
    <message>
        <source>Loading the network</source>
        <translation>正在载入网络</translation>
    </message>
    <message>
        <source>Locate and Verify: examine a video for face forgery</source>
        <translation>Locate and Verify：检验视频中的人脸伪造</translation>
    </message>
    <message>
        <source>Look down</source>
        <translation>向下看</translation>
    </message>
    <message>
        <source>Look left</source>
        <translation>向左看</translation>
    </message>
    <message>
        <source>Look right</source>
        <translation>向右看</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>向上看</translation>
    </message>
    <message>
        <source>Look where and why</source>
        <translation>查看位置和依据</translation>
    </message>
    <message>
        <source>MTCNN (default)</source>
        <translation>MTCNN（默认）</translation>
    </message>
    <message>
        <source>Make a case for one or several videos</source>
        <translation>为一个或多个视频新建案件</translation>
    </message>
    <message>
        <source>Make the change again that was taken back last</source>
        <translation>重做最近撤销的更改</translation>
    </message>
    <message>
        <source>Mark &amp;in</source>
        <translation>设置入点(&amp;I)</translation>
    </message>
    <message>
        <source>Mark &amp;out</source>
        <translation>设置出点(&amp;O)</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Marker on {place}</source>
        <translation>标记：{place}</translation>
    </message>
    <message>
        <source>Mean contribution of the RGB stream, in logit units.</source>
        <translation>RGB 流的平均贡献，以 logit 为单位。</translation>
    </message>
    <message>
        <source>Mean contribution of the noise stream, in logit units.</source>
        <translation>噪声流的平均贡献，以 logit 为单位。</translation>
    </message>
    <message>
        <source>Merge faces</source>
        <translation>合并人脸</translation>
    </message>
    <message>
        <source>Method: Shuai et al., Locate and Verify: A Two-Stream Network for Improved Deepfake Detection, ACM MM 2023, arXiv 2309.11131; written anew from the description.</source>
        <translation>方法：Shuai 等，Locate and Verify: A Two-Stream Network for Improved Deepfake Detection，ACM MM 2023，arXiv 2309.11131；依据论文描述重新编写。</translation>
    </message>
    <message>
        <source>Missing: not at {folder} any more</source>
        <translation>缺失：已不在 {folder} 中</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>模型卡</translation>
    </message>
    <message>
        <source>Model, device, sampling, and what they cost</source>
        <translation>模型、设备、采样及其代价</translation>
    </message>
    <message>
        <source>Model, thresholds, theme, language, and what each choice costs</source>
        <translation>模型、阈值、主题、语言，以及每项选择的代价</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>More memory makes going back and forth faster. Takes effect at the next start.</source>
        <translation>内存越多，前后浏览越快。下次启动时生效。</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Move the split line left</source>
        <translation>分屏线左移</translation>
    </message>
    <message>
        <source>Move the split line right</source>
        <translation>分屏线右移</translation>
    </message>
    <message>
        <source>Move the zoomed picture to see more above</source>
        <translation>移动放大的画面，查看上方</translation>
    </message>
    <message>
        <source>Move the zoomed picture to see more below</source>
        <translation>移动放大的画面，查看下方</translation>
    </message>
    <message>
        <source>Move the zoomed picture to see more on the left</source>
        <translation>移动放大的画面，查看左侧</translation>
    </message>
    <message>
        <source>Move the zoomed picture to see more on the right</source>
        <translation>移动放大的画面，查看右侧</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>NVIDIA GPU</source>
        <translation>NVIDIA GPU</translation>
    </message>
    <message>
        <source>Ne&amp;xt note</source>
        <translation>下一条备注(&amp;X)</translation>
    </message>
    <message>
        <source>New case</source>
        <translation>新建案件</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新按键</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>新备注</translation>
    </message>
    <message>
        <source>Next &amp;disagreement</source>
        <translation>下一处分歧(&amp;D)</translation>
    </message>
    <message>
        <source>Next &amp;gap</source>
        <translation>下一个缺口(&amp;G)</translation>
    </message>
    <message>
        <source>Next &amp;high span</source>
        <translation>下一个偏高区段(&amp;H)</translation>
    </message>
    <message>
        <source>Next analyzed frame</source>
        <translation>下一个已分析帧</translation>
    </message>
    <message>
        <source>Next face &amp;begins</source>
        <translation>下一张人脸的起点(&amp;B)</translation>
    </message>
    <message>
        <source>Next video</source>
        <translation>下一个视频</translation>
    </message>
    <message>
        <source>No action and no key holds these words.</source>
        <translation>没有操作或按键包含这些文字。</translation>
    </message>
    <message>
        <source>No analyzed face here</source>
        <translation>此处没有已分析的人脸</translation>
    </message>
    <message>
        <source>No extra time. Overrides the file's own tags; the report states it.</source>
        <translation>不增加耗时。覆盖文件自身的标签；报告会注明。</translation>
    </message>
    <message>
        <source>No extra time. The file's own tags are obeyed; a wrong matrix shifts colors and so all scores.</source>
        <translation>不增加耗时。遵从文件自身的标签；矩阵错误会使颜色偏移，从而影响所有分数。</translation>
    </message>
    <message>
        <source>No extra time; which stream carries the evidence is then not known.</source>
        <translation>不增加耗时；但无法得知哪个流承载证据。</translation>
    </message>
    <message>
        <source>No face found in this frame</source>
        <translation>此帧中未找到人脸</translation>
    </message>
    <message>
        <source>No face in this frame</source>
        <translation>此帧没有人脸</translation>
    </message>
    <message>
        <source>No further face begins.</source>
        <translation>之后没有新出现的人脸。</translation>
    </message>
    <message>
        <source>No further gap.</source>
        <translation>没有更多缺口。</translation>
    </message>
    <message>
        <source>No further notable disagreement of the streams.</source>
        <translation>没有更多明显的流间分歧。</translation>
    </message>
    <message>
        <source>No further span that stays high.</source>
        <translation>没有更多持续偏高的区段。</translation>
    </message>
    <message>
        <source>No judged face scores as manipulated faces did in testing. That does not show that the video is authentic.</source>
        <translation>没有受判定的人脸得分与测试中经过篡改的人脸相当。这并不表明该视频真实可信。</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>无按键</translation>
    </message>
    <message>
        <source>No manipulation indicated</source>
        <translation>未见篡改迹象</translation>
    </message>
    <message>
        <source>No model is registered; import one: lav models import FILE.</source>
        <translation>尚未注册模型；请导入：lav models import FILE。</translation>
    </message>
    <message>
        <source>No notes yet.</source>
        <translation>尚无备注。</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>尚无画面</translation>
    </message>
    <message>
        <source>No results yet</source>
        <translation>尚无结果</translation>
    </message>
    <message>
        <source>No score</source>
        <translation>无得分</translation>
    </message>
    <message>
        <source>No verdict yet</source>
        <translation>尚无判定</translation>
    </message>
    <message>
        <source>No verdict: out of scope</source>
        <translation>不作判定：超出适用范围</translation>
    </message>
    <message>
        <source>No video is open</source>
        <translation>未打开视频</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Noise residual, fixed scale ±{range} (square root)</source>
        <translation>噪声残差，固定标度 ±{range}（平方根）</translation>
    </message>
    <message>
        <source>Not analyzed</source>
        <translation>未分析</translation>
    </message>
    <message>
        <source>Not calibrated: its scores are not probabilities, and there is never a verdict.</source>
        <translation>未校准：其得分不是概率，也绝不作出判定。</translation>
    </message>
    <message>
        <source>Not calibrated: the scores of {name} are not probabilities.</source>
        <translation>未校准：{name} 的得分不是概率。</translation>
    </message>
    <message>
        <source>Not finished: {frames} of {planned} planned</source>
        <translation>未完成：{frames}，计划 {planned} 帧</translation>
    </message>
    <message>
        <source>Not judged</source>
        <translation>未能判定</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Note copied</source>
        <translation>备注已复制</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Notes and markers: the shape tells what a note is about, the bar its frames.</source>
        <translation>备注和标记：形状表示备注的类别，条形表示其帧范围。</translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation>尚未作任何更改。</translation>
    </message>
    <message>
        <source>Nothing is open yet. Drop a video here, open one, or try the demo clip; the file is only read.</source>
        <translation>尚未打开任何内容。请将视频拖放到此处、打开视频或试用演示片段；文件只会被读取。</translation>
    </message>
    <message>
        <source>Nothing to list yet, or nothing was found.</source>
        <translation>尚无内容可列出，或没有发现。</translation>
    </message>
    <message>
        <source>Number of the face.</source>
        <translation>人脸编号。</translation>
    </message>
    <message>
        <source>Observation</source>
        <translation>观察</translation>
    </message>
    <message>
        <source>Of its latest run; the reasons stand beside the video once it is on screen.</source>
        <translation>取自最近一次分析；打开该视频后，理由显示在画面旁。</translation>
    </message>
    <message>
        <source>Of the video on screen</source>
        <translation>屏幕上视频的</translation>
    </message>
    <message>
        <source>Of the whole video</source>
        <translation>针对整段视频</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>后退一帧</translation>
    </message>
    <message>
        <source>One frame on</source>
        <translation>前进一帧</translation>
    </message>
    <message>
        <source>One pixel of the video is one pixel of the screen</source>
        <translation>视频的一个像素对应屏幕的一个像素</translation>
    </message>
    <message>
        <source>One row for each person that was tracked. Untick a face to leave it out of the verdict; this is logged.</source>
        <translation>每个被跟踪的人占一行。取消勾选即可将人脸排除在判定之外；此操作会被记录。</translation>
    </message>
    <message>
        <source>One second back</source>
        <translation>后退一秒</translation>
    </message>
    <message>
        <source>One second on</source>
        <translation>前进一秒</translation>
    </message>
    <message>
        <source>One video of the queue is still to be analyzed: {names}.</source>
        <translation>队列中还有一个视频待分析：{names}。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>打开最近(&amp;R)</translation>
    </message>
    <message>
        <source>Open a video</source>
        <translation>打开视频</translation>
    </message>
    <message>
        <source>Open a video or a case</source>
        <translation>打开视频或案件</translation>
    </message>
    <message>
        <source>Open the &amp;log folder</source>
        <translation>打开日志文件夹(&amp;L)</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Opinion</source>
        <translation>鉴定意见</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>Ori&amp;ginal</source>
        <translation>原始画面(&amp;G)</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原始画面</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Other file earlier</source>
        <translation>另一文件提前</translation>
    </message>
    <message>
        <source>Other file later</source>
        <translation>另一文件推后</translation>
    </message>
    <message>
        <source>Outline the patches that are called more likely forged than not</source>
        <translation>勾勒出更可能为伪造的图块</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>P&amp;atches</source>
        <translation>图块(&amp;A)</translation>
    </message>
    <message>
        <source>Pa&amp;use</source>
        <translation>暂停(&amp;U)</translation>
    </message>
    <message>
        <source>Pa&amp;use now</source>
        <translation>立即暂停(&amp;U)</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>软件包</translation>
    </message>
    <message>
        <source>Packet size (log)</source>
        <translation>包大小（对数）</translation>
    </message>
    <message>
        <source>Pause a&amp;fter this video</source>
        <translation>此视频之后暂停(&amp;F)</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Paused; {time} to go</source>
        <translation>已暂停；还需 {time}</translation>
    </message>
    <message>
        <source>Pauses after this one</source>
        <translation>此项之后暂停</translation>
    </message>
    <message>
        <source>Peak</source>
        <translation>峰值</translation>
    </message>
    <message>
        <source>Peak at</source>
        <translation>峰值位置</translation>
    </message>
    <message>
        <source>Pict&amp;ure</source>
        <translation>画面(&amp;U)</translation>
    </message>
    <message>
        <source>Pin a frame first (P); this one is then compared to it</source>
        <translation>请先固定一帧（P）；此帧将与其比较</translation>
    </message>
    <message>
        <source>Pinned fram&amp;e</source>
        <translation>固定帧(&amp;E)</translation>
    </message>
    <message>
        <source>Pinned: {pinned}</source>
        <translation>已固定：{pinned}</translation>
    </message>
    <message>
        <source>Play &amp;backward</source>
        <translation>倒放(&amp;B)</translation>
    </message>
    <message>
        <source>Play backward; press again for 2, 4 and 8 times the speed</source>
        <translation>倒放；再按依次为 2、4、8 倍速</translation>
    </message>
    <message>
        <source>Play f&amp;orward</source>
        <translation>正放(&amp;O)</translation>
    </message>
    <message>
        <source>Play forward; press again for 2, 4 and 8 times the speed</source>
        <translation>正放；再按依次为 2、4、8 倍速</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Play the marked part, or the whole video, over and over</source>
        <translation>反复播放选定区段或整段视频</translation>
    </message>
    <message>
        <source>Play, step and go to a frame. The number is the place of the frame in the file, counted from 0; it is the same in the report.</source>
        <translation>播放、步进并转到某一帧。帧号为该帧在文件中的位置，从 0 起计；在报告中相同。</translation>
    </message>
    <message>
        <source>Preparing…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Presentation time of its first frame.</source>
        <translation>其第一帧的显示时间。</translation>
    </message>
    <message>
        <source>Presentation time of the first frame.</source>
        <translation>第一帧的显示时间。</translation>
    </message>
    <message>
        <source>Press the new key here, then Return</source>
        <translation>在此按下新按键，然后按回车</translation>
    </message>
    <message>
        <source>Press {note} to write a note on this frame, or on the marked part.</source>
        <translation>按 {note} 可为此帧或选定区段写备注。</translation>
    </message>
    <message>
        <source>Press: fold. Drag, or Alt+Up and Alt+Down: move.</source>
        <translation>单击：折叠。拖动，或按 Alt+Up 和 Alt+Down：移动。</translation>
    </message>
    <message>
        <source>Previous analyzed frame</source>
        <translation>上一个已分析帧</translation>
    </message>
    <message>
        <source>Previous disagreement</source>
        <translation>上一处分歧</translation>
    </message>
    <message>
        <source>Previous face begins</source>
        <translation>上一张人脸的起点</translation>
    </message>
    <message>
        <source>Previous gap</source>
        <translation>上一个缺口</translation>
    </message>
    <message>
        <source>Previous high span</source>
        <translation>上一个偏高区段</translation>
    </message>
    <message>
        <source>Previous video</source>
        <translation>上一个视频</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Provisional: {frames} so far</source>
        <translation>暂时结果：目前{frames}</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>Put all panels back where they were at first</source>
        <translation>将所有面板恢复到最初的位置</translation>
    </message>
    <message>
        <source>Put all videos that are not analyzed in the queue</source>
        <translation>将所有未分析的视频加入队列</translation>
    </message>
    <message>
        <source>Put more videos into this case</source>
        <translation>向此案件添加更多视频</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>疑问</translation>
    </message>
    <message>
        <source>RGB {rgb}, noise {noise}, interaction {both}</source>
        <translation>RGB {rgb}，噪声 {noise}，交互 {both}</translation>
    </message>
    <message>
        <source>RGB {rgb}, noise {noise}, only together {both} (logit)</source>
        <translation>RGB {rgb}，噪声 {noise}，仅共同作用 {both}（logit）</translation>
    </message>
    <message>
        <source>Raw presentation time stamp, in units of {base} s</source>
        <translation>原始显示时间戳，单位为 {base} 秒</translation>
    </message>
    <message>
        <source>Read no further; the run on screen stays without its results</source>
        <translation>停止读取；屏幕上的分析将没有结果</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>Reading the results… {percent} %</source>
        <translation>正在读取结果… {percent} %</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>正在读取 {name}…</translation>
    </message>
    <message>
        <source>Reading, {percent} %</source>
        <translation>读取中，{percent} %</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>收到日期</translation>
    </message>
    <message>
        <source>Recent cases</source>
        <translation>最近的案件</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Redo: {what}</source>
        <translation>重做：{what}</translation>
    </message>
    <message>
        <source>Remove from this list</source>
        <translation>从此列表移除</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>委托事项</translation>
    </message>
    <message>
        <source>Requested by</source>
        <translation>委托方</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <source>Results as tables</source>
        <translation>以表格显示结果</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>复核人</translation>
    </message>
    <message>
        <source>Run to compare with</source>
        <translation>用于比较的分析</translation>
    </message>
    <message>
        <source>Run {number} was not read to its end; choose it again to see its results.</source>
        <translation>分析 {number} 未读取完毕；请再次选择它以查看其结果。</translation>
    </message>
    <message>
        <source>Run {number}: {model}, {sampling}, {state}</source>
        <translation>分析 {number}：{model}，{sampling}，{state}</translation>
    </message>
    <message>
        <source>S&amp;plit at this frame</source>
        <translation>在此帧拆分(&amp;P)</translation>
    </message>
    <message>
        <source>S&amp;top reading or writing</source>
        <translation>停止读取或写入(&amp;T)</translation>
    </message>
    <message>
        <source>S&amp;treams</source>
        <translation>流(&amp;T)</translation>
    </message>
    <message>
        <source>S&amp;trongest frame</source>
        <translation>最强帧(&amp;T)</translation>
    </message>
    <message>
        <source>SHA-256 of the frame's pixels as decoded</source>
        <translation>解码后帧像素的 SHA-256</translation>
    </message>
    <message>
        <source>Save &amp;frame…</source>
        <translation>保存此帧(&amp;F)…</translation>
    </message>
    <message>
        <source>Save case &amp;as…</source>
        <translation>案件另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Save face cro&amp;p…</source>
        <translation>保存人脸裁剪图(&amp;P)…</translation>
    </message>
    <message>
        <source>Save the case as</source>
        <translation>案件另存为</translation>
    </message>
    <message>
        <source>Save the frame as PNG, with its number, time and digests in it</source>
        <translation>将此帧保存为 PNG，其中包含帧号、时间和摘要值</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Save the selected face as the network sees it, as PNG</source>
        <translation>将选中的人脸按网络所见保存为 PNG</translation>
    </message>
    <message>
        <source>Saved as {name}; you are working in the copy now.</source>
        <translation>已另存为 {name}；现在使用的是该副本。</translation>
    </message>
    <message>
        <source>Saving the copy… {percent} %</source>
        <translation>正在保存副本… {percent} %</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Score {score}   logit {logit}   {size} px</source>
        <translation>得分 {score}   logit {logit}   {size} 像素</translation>
    </message>
    <message>
        <source>Scores differ by rounding alone.</source>
        <translation>得分仅有舍入差异。</translation>
    </message>
    <message>
        <source>Search for an action or a key</source>
        <translation>搜索操作或按键</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>出现</translation>
    </message>
    <message>
        <source>Seen in</source>
        <translation>出现于</translation>
    </message>
    <message>
        <source>Seen in this frame: face {numbers}</source>
        <translation>此帧中出现：人脸 {numbers}</translation>
    </message>
    <message>
        <source>Select the next face</source>
        <translation>选择下一张人脸</translation>
    </message>
    <message>
        <source>Select the previous face</source>
        <translation>选择上一张人脸</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设定</translation>
    </message>
    <message>
        <source>Set every choice to what the program comes with; OK takes it, Cancel does not</source>
        <translation>将所有选项恢复为出厂设置；按“确定”生效，按“取消”则不变</translation>
    </message>
    <message>
        <source>Set for {rate} false alarms: real videos that reach the threshold</source>
        <translation>按 {rate} 的误报率设定：即达到阈值的真实视频</translation>
    </message>
    <message>
        <source>Setting the pages</source>
        <translation>正在排版</translation>
    </message>
    <message>
        <source>Setting the report…</source>
        <translation>正在生成报告…</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Settings saved. {effects}</source>
        <translation>设置已保存。{effects}</translation>
    </message>
    <message>
        <source>Show all faces alike</source>
        <translation>同等显示所有人脸</translation>
    </message>
    <message>
        <source>Show face {track} in frame {frame}</source>
        <translation>显示第 {frame} 帧中的人脸 {track}</translation>
    </message>
    <message>
        <source>Show half as much</source>
        <translation>显示范围减半</translation>
    </message>
    <message>
        <source>Show the edges of the heatmap's patches</source>
        <translation>显示热力图图块的边界</translation>
    </message>
    <message>
        <source>Show the faces' boxes</source>
        <translation>显示人脸框</translation>
    </message>
    <message>
        <source>Show the marked part, or all of the selected face</source>
        <translation>显示选定区段，或选中人脸的全部</translation>
    </message>
    <message>
        <source>Show the whole video</source>
        <translation>显示整段视频</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>显示结果</translation>
    </message>
    <message>
        <source>Show twice as much</source>
        <translation>显示范围加倍</translation>
    </message>
    <message>
        <source>Show where the network sees forgery</source>
        <translation>显示网络认为有伪造的位置</translation>
    </message>
    <message>
        <source>Side b&amp;y side</source>
        <translation>并排(&amp;Y)</translation>
    </message>
    <message>
        <source>Sky blue</source>
        <translation>天蓝色</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Smaller values find more faces and take longer.</source>
        <translation>数值越小，找到的人脸越多，耗时越长。</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Sound is heard at normal speed forward only.</source>
        <translation>只有以正常速度向前播放时才有声音。</translation>
    </message>
    <message>
        <source>Spans</source>
        <translation>区段</translation>
    </message>
    <message>
        <source>Spans in which the smoothed curve stays high.</source>
        <translation>平滑曲线持续偏高的区段。</translation>
    </message>
    <message>
        <source>Spans that stay high</source>
        <translation>持续偏高的区段</translation>
    </message>
    <message>
        <source>Speaks against</source>
        <translation>反对篡改</translation>
    </message>
    <message>
        <source>Speaks for manipulation</source>
        <translation>支持篡改</translation>
    </message>
    <message>
        <source>Split line left</source>
        <translation>分屏线向左</translation>
    </message>
    <message>
        <source>Split line right</source>
        <translation>分屏线向右</translation>
    </message>
    <message>
        <source>Start the analysis with the choices on the right</source>
        <translation>按右侧的选项开始分析</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation>留在此处</translation>
    </message>
    <message>
        <source>Stay on this frame</source>
        <translation>停在此帧</translation>
    </message>
    <message>
        <source>Stop it and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Stop it and go on in the copy</source>
        <translation>停止并在副本中继续</translation>
    </message>
    <message>
        <source>Stop it and make a new case</source>
        <translation>停止并新建案件</translation>
    </message>
    <message>
        <source>Stop it and open {name}</source>
        <translation>停止并打开 {name}</translation>
    </message>
    <message>
        <source>Stop it and save</source>
        <translation>停止并保存</translation>
    </message>
    <message>
        <source>Stop saving; nothing is left of the copy</source>
        <translation>停止保存；副本不会留下任何内容</translation>
    </message>
    <message>
        <source>Stop setting the report; nothing is written</source>
        <translation>停止生成报告；不会写入任何内容</translation>
    </message>
    <message>
        <source>Stop the analysis; what is done stays in the case</source>
        <translation>停止分析；已完成的部分保留在案件中</translation>
    </message>
    <message>
        <source>Stop the present video, which is gone on with later</source>
        <translation>停止当前视频，稍后继续</translation>
    </message>
    <message>
        <source>Stop what is shown here</source>
        <translation>停止此处所示的工作</translation>
    </message>
    <message>
        <source>Stop what the bar on top shows: a run is read, a copy or report written</source>
        <translation>停止顶部进度条所示的工作：读取分析结果，或写入副本、报告</translation>
    </message>
    <message>
        <source>Stopped at {percent} %</source>
        <translation>停在 {percent} %</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Stream contributions were not measured on this frame</source>
        <translation>此帧未测量流的贡献</translation>
    </message>
    <message>
        <source>Streams</source>
        <translation>流</translation>
    </message>
    <message>
        <source>Stronger difference</source>
        <translation>增强差异</translation>
    </message>
    <message>
        <source>Take it from there</source>
        <translation>改为此处使用</translation>
    </message>
    <message>
        <source>Take the latest change of notes, faces or case details back</source>
        <translation>撤销备注、人脸或案件信息的最近一次更改</translation>
    </message>
    <message>
        <source>Take the selected note away</source>
        <translation>移除选中的备注</translation>
    </message>
    <message>
        <source>Take the video on screen out of the case, if it has no results</source>
        <translation>若屏幕上的视频没有结果，则将其移出案件</translation>
    </message>
    <message>
        <source>Takes effect at once. The gray around the picture is the same in both.</source>
        <translation>立即生效。画面周围的灰色在两种主题中相同。</translation>
    </message>
    <message>
        <source>Takes effect at the next start. Reports, errors and what is logged stay English.</source>
        <translation>下次启动时生效。报告、错误信息和日志仍为英文。</translation>
    </message>
    <message>
        <source>Ten frames back</source>
        <translation>后退十帧</translation>
    </message>
    <message>
        <source>Ten frames on</source>
        <translation>前进十帧</translation>
    </message>
    <message>
        <source>Text of the note</source>
        <translation>备注内容</translation>
    </message>
    <message>
        <source>The action has no key</source>
        <translation>此操作没有快捷键</translation>
    </message>
    <message>
        <source>The action has this key beside those it has</source>
        <translation>在已有快捷键之外再加此键</translation>
    </message>
    <message>
        <source>The action has this key, and no other</source>
        <translation>此操作只用此键</translation>
    </message>
    <message>
        <source>The analysis begins at this frame</source>
        <translation>分析从此帧开始</translation>
    </message>
    <message>
        <source>The analysis ends at this frame</source>
        <translation>分析到此帧结束</translation>
    </message>
    <message>
        <source>The bare picture while the key is held</source>
        <translation>按住时只显示原始画面</translation>
    </message>
    <message>
        <source>The copy was stopped; nothing is left of it.</source>
        <translation>副本的保存已停止；未留下任何内容。</translation>
    </message>
    <message>
        <source>The demo: the face on the left was swapped, the one on the right is real. Weights can be wrong; compare what they find with what you know.</source>
        <translation>演示片段：左侧的人脸经过替换，右侧的人脸是真实的。权重可能出错；请将其结果与您所知的情况对照。</translation>
    </message>
    <message>
        <source>The digest of this picture is the one of the picture that was analyzed.</source>
        <translation>此画面的摘要值与当时分析的画面一致。</translation>
    </message>
    <message>
        <source>The examiner's own; the program states none</source>
        <translation>鉴定人自己的意见；本程序不作意见</translation>
    </message>
    <message>
        <source>The faces of the video, once it is analyzed.</source>
        <translation>分析完成后，视频中的人脸会显示在此处。</translation>
    </message>
    <message>
        <source>The faces of this video have no results on screen yet; wait for them, and try again.</source>
        <translation>屏幕上还没有此视频人脸的结果；请等结果出现后再试。</translation>
    </message>
    <message>
        <source>The file on the desk and its SHA-256. While something runs, its progress is shown here.</source>
        <translation>当前文件及其 SHA-256。有任务运行时，此处显示其进度。</translation>
    </message>
    <message>
        <source>The first results are on their way.</source>
        <translation>首批结果即将到来。</translation>
    </message>
    <message>
        <source>The frame as it is</source>
        <translation>帧的原貌</translation>
    </message>
    <message>
        <source>The frame as it is decoded: the very pixels that are analyzed. The wheel zooms, dragging moves the picture, and a click on a box selects that face.</source>
        <translation>解码后的帧：即所分析的像素本身。滚轮缩放，拖动移动画面，单击人脸框选择该人脸。</translation>
    </message>
    <message>
        <source>The key that the program comes with</source>
        <translation>程序自带的快捷键</translation>
    </message>
    <message>
        <source>The last frame is {last}; type a number up to it.</source>
        <translation>最后一帧为 {last}；请输入不大于它的数。</translation>
    </message>
    <message>
        <source>The network's time × {factor}; scores stay the same.</source>
        <translation>网络耗时 × {factor}；得分不变。</translation>
    </message>
    <message>
        <source>The next analysis uses the new settings; runs that are there keep theirs.</source>
        <translation>下次分析使用新设置；已有的分析保留各自的设置。</translation>
    </message>
    <message>
        <source>The next video of the case</source>
        <translation>案件的下一个视频</translation>
    </message>
    <message>
        <source>The original beside the processed picture, moved alike</source>
        <translation>原始画面与处理后画面并排，同步移动</translation>
    </message>
    <message>
        <source>The original, and the processed picture from a line on</source>
        <translation>分界线一侧为原始画面，另一侧为处理后画面</translation>
    </message>
    <message>
        <source>The other action loses the key</source>
        <translation>另一操作将失去此键</translation>
    </message>
    <message>
        <source>The other file one frame back</source>
        <translation>另一文件后退一帧</translation>
    </message>
    <message>
        <source>The other file one frame on</source>
        <translation>另一文件前进一帧</translation>
    </message>
    <message>
        <source>The pinned frame has another size ({pinned}, not {size}); pin one of this video (P)</source>
        <translation>固定帧的尺寸不同（{pinned}，而非 {size}）；请固定此视频的一帧（P）</translation>
    </message>
    <message>
        <source>The pinned frame itself, to be split with this one or put beside it</source>
        <translation>固定帧本身，可与此帧分屏或并排</translation>
    </message>
    <message>
        <source>The queue is done: {analyzed} analyzed, {failed} failed.</source>
        <translation>队列已完成：{analyzed} 个已分析，{failed} 个失败。</translation>
    </message>
    <message>
        <source>The run on screen is judged anew by the chosen threshold; its results stay.</source>
        <translation>按所选阈值重新判定屏幕上的分析；其结果保持不变。</translation>
    </message>
    <message>
        <source>The scores lean to no side clearly enough.</source>
        <translation>得分没有足够明确地偏向任何一方。</translation>
    </message>
    <message>
        <source>The selected face and another are one person</source>
        <translation>选中的人脸与另一张人脸是同一人</translation>
    </message>
    <message>
        <source>The selected face in this frame: what the network was given, where it sees forgery, and how much color and noise contribute.</source>
        <translation>此帧中选中的人脸：输入网络的图像、网络认为有伪造的位置，以及色彩和噪声各自的贡献。</translation>
    </message>
    <message>
        <source>The sound wave: the extremes of both channels. Its loudest place fills the lane; the peak is told beside.</source>
        <translation>声波：两个声道的极值。最响处占满轨道；峰值标于旁边。</translation>
    </message>
    <message>
        <source>The theme changes at once.</source>
        <translation>主题立即更改。</translation>
    </message>
    <message>
        <source>The timeline as tables: spans that stay high, and faces. A click goes to the first frame of a row, Return to its peak; Ctrl+C copies rows for a spreadsheet.</source>
        <translation>以表格呈现的时间轴：持续偏高的区段和人脸。单击转到该行的首帧，按回车转到其峰值；Ctrl+C 将各行复制到电子表格。</translation>
    </message>
    <message>
        <source>The very same picture as before</source>
        <translation>与前一画面完全相同</translation>
    </message>
    <message>
        <source>The video before this</source>
        <translation>上一个视频</translation>
    </message>
    <message>
        <source>The video plays silently.</source>
        <translation>视频静音播放。</translation>
    </message>
    <message>
        <source>The video runs from {first} to {last}; type a time within.</source>
        <translation>视频从 {first} 到 {last}；请输入其中的时间。</translation>
    </message>
    <message>
        <source>The video {name} is not at {folder} any more. Its results can be read without it, but no picture shown.</source>
        <translation>视频 {name} 已不在 {folder} 中。没有它仍可查看结果，但无法显示画面。</translation>
    </message>
    <message>
        <source>The videos of this case and how far each is. Drop files here to add some; a click or Return shows one, and what is analyzed goes on meanwhile.</source>
        <translation>此案件的视频及各自的进度。将文件拖放到此处即可添加；单击或按回车可显示视频，其间分析继续进行。</translation>
    </message>
    <message>
        <source>The videos of this case; drop files here to add some.</source>
        <translation>此案件的视频；将文件拖放到此处即可添加。</translation>
    </message>
    <message>
        <source>The videos that are analyzed one after the other, from top to bottom.</source>
        <translation>自上而下依次分析的视频。</translation>
    </message>
    <message>
        <source>The weights {name} are not calibrated. No threshold of theirs has a measured error rate, so there is no choice here, and every verdict is “out of scope”.</source>
        <translation>权重 {name} 未经校准，其任何阈值都没有实测错误率，因此这里没有可选项，每次判定都是“超出适用范围”。</translation>
    </message>
    <message>
        <source>The weights {name} state no threshold with measured error rates, so there is no choice here, and every verdict is “out of scope”.</source>
        <translation>权重 {name} 未给出带有实测错误率的阈值，因此这里没有可选项，每次判定都是“超出适用范围”。</translation>
    </message>
    <message>
        <source>The whole picture in the window</source>
        <translation>在窗口中显示整个画面</translation>
    </message>
    <message>
        <source>The whole video on top, with a window over the part shown below. Click to go to a frame, turn the wheel to zoom, with Shift to pan; drag with Shift to mark a part. Each lane's header tells what it shows, folds it, and moves it.</source>
        <translation>顶部为整段视频，其上的窗口标出下方所示部分。单击转到某一帧，滚轮缩放，按住 Shift 滚动可平移；按住 Shift 拖动可标出区段。每条轨道的标题说明其内容，并可折叠和移动轨道。</translation>
    </message>
    <message>
        <source>The whole video. Drag the window or its edges, click to move it, double-click to see all.</source>
        <translation>整段视频。拖动窗口或其边缘，单击移动窗口，双击查看全部。</translation>
    </message>
    <message>
        <source>Then click what you want explained</source>
        <translation>然后单击需要说明的内容</translation>
    </message>
    <message>
        <source>These weights are not registered on this computer; the analysis cannot start.</source>
        <translation>该权重未在本机注册；无法开始分析。</translation>
    </message>
    <message>
        <source>These weights cannot judge this video; what is shown are observations only.</source>
        <translation>该权重无法判定此视频；所示内容仅为观察结果。</translation>
    </message>
    <message>
        <source>They stand on the cover of the report. Every change is logged and can be undone.</source>
        <translation>这些内容载于报告封面。每次更改都会记录，并可撤销。</translation>
    </message>
    <message>
        <source>Thin: each frame. Thick: smoothed. Band: eight of ten frames around it. Bars on top: spans that stay high.</source>
        <translation>细线：每一帧。粗线：平滑后。带状：其周围十分之八的帧。顶部条形：持续偏高的区段。</translation>
    </message>
    <message>
        <source>This analysis of {count} frames was cancelled; what it had done is shown.</source>
        <translation>此项 {count} 帧的分析已被取消；现显示已完成的部分。</translation>
    </message>
    <message>
        <source>This analysis of {count} frames was interrupted; what it had done is shown.</source>
        <translation>此项 {count} 帧的分析曾中断；现显示已完成的部分。</translation>
    </message>
    <message>
        <source>This frame is not among those analyzed</source>
        <translation>此帧不在分析之列</translation>
    </message>
    <message>
        <source>This frame is not analyzed yet</source>
        <translation>此帧尚未分析</translation>
    </message>
    <message>
        <source>This frame minus the pinned one</source>
        <translation>此帧减去固定帧</translation>
    </message>
    <message>
        <source>This is no key that can be used; press another.</source>
        <translation>此键不可用；请按其他键。</translation>
    </message>
    <message>
        <source>This is not the picture that was analyzed: the digests differ.</source>
        <translation>这不是当时分析的画面：摘要值不同。</translation>
    </message>
    <message>
        <source>This video is being analyzed in another process; its results so far are shown.</source>
        <translation>此视频正在另一进程中分析；现显示目前的结果。</translation>
    </message>
    <message>
        <source>This video was analyzed with these settings before; its results are run {number}. A threshold that was chosen since judges them at once.</source>
        <translation>此视频此前已按这些设置分析过；其结果为分析 {number}。此后另选的阈值可立即用于重新判定这些结果。</translation>
    </message>
    <message>
        <source>Threshold set for {rate} false alarms; in testing {measured} of real videos reached it (95 % interval up to {bound}).</source>
        <translation>阈值按 {rate} 的误报率设定；测试中 {measured} 的真实视频达到该阈值（95 % 区间上限 {bound}）。</translation>
    </message>
    <message>
        <source>Thresholds</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Time stamps run from {first} to {last}; type one of them.</source>
        <translation>时间戳从 {first} 到 {last}；请输入其中之一。</translation>
    </message>
    <message>
        <source>Timeline: &amp;all</source>
        <translation>时间轴：全部(&amp;A)</translation>
    </message>
    <message>
        <source>Timeline: &amp;selection</source>
        <translation>时间轴：选定部分(&amp;S)</translation>
    </message>
    <message>
        <source>Timeline: axis of &amp;time</source>
        <translation>时间轴：以时间为坐标(&amp;T)</translation>
    </message>
    <message>
        <source>Timeline: zoom &amp;in</source>
        <translation>时间轴：放大(&amp;I)</translation>
    </message>
    <message>
        <source>Timeline: zoom &amp;out</source>
        <translation>时间轴：缩小(&amp;O)</translation>
    </message>
    <message>
        <source>To the disagreement before this frame</source>
        <translation>转到此帧之前的分歧</translation>
    </message>
    <message>
        <source>To the first frame</source>
        <translation>转到第一帧</translation>
    </message>
    <message>
        <source>To the frame with a result before this</source>
        <translation>转到此前有结果的帧</translation>
    </message>
    <message>
        <source>To the frames without a face or a picture before this</source>
        <translation>转到此前没有人脸或画面的帧</translation>
    </message>
    <message>
        <source>To the highest place of the selected, or highest, face's curve</source>
        <translation>转到选中（或得分最高）人脸曲线的最高处</translation>
    </message>
    <message>
        <source>To the last frame</source>
        <translation>转到最后一帧</translation>
    </message>
    <message>
        <source>To the next frame with a result</source>
        <translation>转到下一个有结果的帧</translation>
    </message>
    <message>
        <source>To the next frames without a face or a picture</source>
        <translation>转到之后没有人脸或画面的帧</translation>
    </message>
    <message>
        <source>To the next note or marker</source>
        <translation>转到下一条备注或标记</translation>
    </message>
    <message>
        <source>To the next place where RGB and noise point opposite ways</source>
        <translation>转到 RGB 与噪声方向相反的下一处</translation>
    </message>
    <message>
        <source>To the next span in which a curve stays high</source>
        <translation>转到曲线持续偏高的下一个区段</translation>
    </message>
    <message>
        <source>To the note or marker before this frame</source>
        <translation>转到此帧之前的备注或标记</translation>
    </message>
    <message>
        <source>To the span before this one</source>
        <translation>转到上一个区段</translation>
    </message>
    <message>
        <source>To where the face before is first seen</source>
        <translation>转到上一张人脸首次出现处</translation>
    </message>
    <message>
        <source>To where the next face is first seen</source>
        <translation>转到下一张人脸首次出现处</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>共同</translation>
    </message>
    <message>
        <source>Try the demo clip</source>
        <translation>试用演示片段</translation>
    </message>
    <message>
        <source>Turn the sound down</source>
        <translation>调低音量</translation>
    </message>
    <message>
        <source>Turn the sound up</source>
        <translation>调高音量</translation>
    </message>
    <message>
        <source>Two people; the left face was swapped. It comes with the program.</source>
        <translation>两个人；左侧的人脸被替换过。随程序提供。</translation>
    </message>
    <message>
        <source>Type a frame (123), a time (1:02.5 or 62.5 s) or a time stamp (pts 12345).</source>
        <translation>请输入帧号（123）、时间（1:02.5 或 62.5 s）或时间戳（pts 12345）。</translation>
    </message>
    <message>
        <source>Type a frame number, a time or a time stamp</source>
        <translation>输入帧号、时间或时间戳</translation>
    </message>
    <message>
        <source>UNTRAINED: a random network. Its numbers mean nothing, and there is never a verdict.</source>
        <translation>未训练：随机网络。其数值没有意义，也绝不作出判定。</translation>
    </message>
    <message>
        <source>UNTRAINED: the network has random weights. Curves, heatmaps and scores mean nothing.</source>
        <translation>未训练：网络使用随机权重。曲线、热力图和得分均无意义。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo: {what}</source>
        <translation>撤销：{what}</translation>
    </message>
    <message>
        <source>Undone: {what}</source>
        <translation>已撤销：{what}</translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation>展开</translation>
    </message>
    <message>
        <source>Untick a face to leave it out of the analysis; this is logged in the case.</source>
        <translation>取消勾选即可将人脸排除在分析之外；此操作会记入案件。</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Vermilion</source>
        <translation>朱红色</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Versions, licenses, method, model cards</source>
        <translation>版本、许可、方法、模型卡</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Videos and pictures</source>
        <translation>视频和图片</translation>
    </message>
    <message>
        <source>Videos, pictures and cases</source>
        <translation>视频、图片和案件</translation>
    </message>
    <message>
        <source>View: {name}</source>
        <translation>视图：{name}</translation>
    </message>
    <message>
        <source>Volume {percent} % (Ctrl+Up, Ctrl+Down)</source>
        <translation>音量 {percent} %（Ctrl+Up、Ctrl+Down）</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Waiting, no. {place}</source>
        <translation>等待中，第 {place} 位</translation>
    </message>
    <message>
        <source>Weaker difference</source>
        <translation>减弱差异</translation>
    </message>
    <message>
        <source>What adds to the logit of the face: RGB alone (solid), noise alone (slanted), only both together (crossed); their sum as a line, gray as far as single frames reach. Downward: toward real.</source>
        <translation>对人脸 logit 的贡献：仅 RGB（实心）、仅噪声（斜线）、仅两者共同作用（交叉线）；其总和为折线，灰色为单个帧所达范围。向下：趋向真实。</translation>
    </message>
    <message>
        <source>What do you see? Without a text it is a marker.</source>
        <translation>您看到了什么？不写内容则为标记。</translation>
    </message>
    <message>
        <source>What is analyzed one after the other, from top to bottom. It can be paused and gone on with later, also after the window was closed.</source>
        <translation>自上而下依次分析的内容。可以暂停，稍后继续，关闭窗口之后也可以。</translation>
    </message>
    <message>
        <source>What is done with it, or why it failed.</source>
        <translation>对其所做的处理，或失败的原因。</translation>
    </message>
    <message>
        <source>What only both streams together add, in logit units.</source>
        <translation>仅两个流共同作用才有的贡献，以 logit 为单位。</translation>
    </message>
    <message>
        <source>What others are compared to; again to let it go</source>
        <translation>其他帧与之比较；再按一次则取消</translation>
    </message>
    <message>
        <source>What the axis counts: frames, or time</source>
        <translation>坐标轴的计量：帧或时间</translation>
    </message>
    <message>
        <source>What the noise stream looks at; look at it from 100 % on</source>
        <translation>噪声流所见；请以 100 % 或更大的比例查看</translation>
    </message>
    <message>
        <source>What the note is about; each kind has its own shape.</source>
        <translation>备注涉及的内容；每种类别有各自的形状。</translation>
    </message>
    <message>
        <source>What was asked, and the propositions to be weighed</source>
        <translation>所委托的问题，以及需要衡量的命题</translation>
    </message>
    <message>
        <source>What was written; all of it is in the report.</source>
        <translation>所写的内容；全部列入报告。</translation>
    </message>
    <message>
        <source>When the material came in, as you write dates</source>
        <translation>材料收到的日期，按您书写日期的方式</translation>
    </message>
    <message>
        <source>Where is {name} now?</source>
        <translation>{name} 现在在哪里？</translation>
    </message>
    <message>
        <source>Where the log file lies</source>
        <translation>日志文件所在的位置</translation>
    </message>
    <message>
        <source>Where the note belongs; double-click to go there.</source>
        <translation>备注所属的位置；双击即可转到。</translation>
    </message>
    <message>
        <source>Who asked for the examination</source>
        <translation>委托鉴定者</translation>
    </message>
    <message>
        <source>Who may read the report</source>
        <translation>可阅读报告的人员</translation>
    </message>
    <message>
        <source>Who wrote it, on which computer.</source>
        <translation>由谁、在哪台计算机上写下。</translation>
    </message>
    <message>
        <source>Whole video</source>
        <translation>整段视频</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Write a &amp;note…</source>
        <translation>撰写备注(&amp;N)…</translation>
    </message>
    <message>
        <source>Write a copy of the case and go on in the copy; all else saves itself</source>
        <translation>将案件写成副本并在副本中继续；其他一切自动保存</translation>
    </message>
    <message>
        <source>Write a note on this frame, or on the marked part</source>
        <translation>为此帧或选定区段写备注</translation>
    </message>
    <message>
        <source>Write the report as PDF</source>
        <translation>将报告写成 PDF</translation>
    </message>
    <message>
        <source>Write the selected note anew</source>
        <translation>改写选中的备注</translation>
    </message>
    <message>
        <source>Writing CSV</source>
        <translation>正在写入 CSV</translation>
    </message>
    <message>
        <source>Writing JSON</source>
        <translation>正在写入 JSON</translation>
    </message>
    <message>
        <source>Written: {path}</source>
        <translation>已写入：{path}</translation>
    </message>
    <message>
        <source>Your notes and markers, kept in the case at once and printed in the report. Return goes to one, F2 edits it, Delete takes it away.</source>
        <translation>您的备注和标记，立即保存到案件中并印入报告。按回车转到，按 F2 编辑，按 Delete 删除。</translation>
    </message>
    <message>
        <source>YuNet (faster)</source>
        <translation>YuNet（较快）</translation>
    </message>
    <message>
        <source>YuNet is 3 to 6 times as fast on a processor; its boxes differ a little, and so do all scores.</source>
        <translation>YuNet 在处理器上快 3 至 6 倍；其人脸框略有不同，所有分数也随之略有不同。</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>add marker {where}</source>
        <translation>添加标记（{where}）</translation>
    </message>
    <message>
        <source>add note {where}</source>
        <translation>添加备注（{where}）</translation>
    </message>
    <message>
        <source>and {count} more, in the report</source>
        <translation>另有 {count} 条，见报告</translation>
    </message>
    <message>
        <source>at frame {index}</source>
        <translation>第 {index} 帧</translation>
    </message>
    <message>
        <source>bring back marker {where}</source>
        <translation>恢复标记（{where}）</translation>
    </message>
    <message>
        <source>bring back note {where}</source>
        <translation>恢复备注（{where}）</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>change details of the case</source>
        <translation>更改案件信息</translation>
    </message>
    <message>
        <source>change exhibit number</source>
        <translation>更改检材编号</translation>
    </message>
    <message>
        <source>change marker {where}</source>
        <translation>更改标记（{where}）</translation>
    </message>
    <message>
        <source>change note {where}</source>
        <translation>更改备注（{where}）</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>dashed, thin: {name}</source>
        <translation>细虚线：{name}</translation>
    </message>
    <message>
        <source>delete marker {where}</source>
        <translation>删除标记（{where}）</translation>
    </message>
    <message>
        <source>delete note {where}</source>
        <translation>删除备注（{where}）</translation>
    </message>
    <message>
        <source>difference R {red}  G {green}  B {blue}</source>
        <translation>差异 R {red}  G {green}  B {blue}</translation>
    </message>
    <message>
        <source>end</source>
        <translation>结尾</translation>
    </message>
    <message>
        <source>every frame</source>
        <translation>每一帧</translation>
    </message>
    <message>
        <source>face {number}</source>
        <translation>人脸 {number}</translation>
    </message>
    <message>
        <source>face {number}: {score}</source>
        <translation>人脸 {number}：{score}</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>已折叠</translation>
    </message>
    <message>
        <source>following face {number}</source>
        <translation>正在跟随人脸 {number}</translation>
    </message>
    <message>
        <source>following face {number}, not seen here</source>
        <translation>正在跟随人脸 {number}，此处未出现</translation>
    </message>
    <message>
        <source>frame {frames}</source>
        <translation>第 {frames} 帧</translation>
    </message>
    <message>
        <source>frame {index}</source>
        <translation>第 {index} 帧</translation>
    </message>
    <message>
        <source>frame {index} of {name}</source>
        <translation>{name} 的第 {index} 帧</translation>
    </message>
    <message>
        <source>frames {first}–{last}</source>
        <translation>第 {first}–{last} 帧</translation>
    </message>
    <message>
        <source>heatmap {percent} %</source>
        <translation>热力图 {percent} %</translation>
    </message>
    <message>
        <source>here</source>
        <translation>在此帧</translation>
    </message>
    <message>
        <source>high once</source>
        <translation>偏高一次</translation>
    </message>
    <message>
        <source>high {n} times</source>
        <translation>偏高 {n} 次</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>leave out face {face}</source>
        <translation>排除人脸 {face}</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>line at {value:g}</source>
        <translation>等值线 {value:g}</translation>
    </message>
    <message>
        <source>merge faces {face} and {other}</source>
        <translation>合并人脸 {face} 与 {other}</translation>
    </message>
    <message>
        <source>never high</source>
        <translation>从未偏高</translation>
    </message>
    <message>
        <source>no face to follow here</source>
        <translation>此处没有可跟随的人脸</translation>
    </message>
    <message>
        <source>no sound</source>
        <translation>无声音</translation>
    </message>
    <message>
        <source>no sound device</source>
        <translation>无声音设备</translation>
    </message>
    <message>
        <source>no video yet</source>
        <translation>尚无视频</translation>
    </message>
    <message>
        <source>none, or not read yet</source>
        <translation>无，或尚未读取</translation>
    </message>
    <message>
        <source>not judged</source>
        <translation>未作判定</translation>
    </message>
    <message>
        <source>not looked for yet</source>
        <translation>尚未查找</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>未记录</translation>
    </message>
    <message>
        <source>not weighed</source>
        <translation>不衡量</translation>
    </message>
    <message>
        <source>on frames {first}–{last}</source>
        <translation>第 {first}–{last} 帧</translation>
    </message>
    <message>
        <source>on the whole video</source>
        <translation>整段视频</translation>
    </message>
    <message>
        <source>patch {column}, {row}: {value:.2f}</source>
        <translation>图块 {column}, {row}：{value:.2f}</translation>
    </message>
    <message>
        <source>peak {level} dB</source>
        <translation>峰值 {level} dB</translation>
    </message>
    <message>
        <source>picture of frame {index}</source>
        <translation>第 {index} 帧的画面</translation>
    </message>
    <message>
        <source>picture of {frame}</source>
        <translation>第 {frame} 帧的画面</translation>
    </message>
    <message>
        <source>pinned R {red}  G {green}  B {blue}</source>
        <translation>固定 R {red}  G {green}  B {blue}</translation>
    </message>
    <message>
        <source>px</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>rejoin face {face} at frame {index}</source>
        <translation>在第 {index} 帧重新连接人脸 {face}</translation>
    </message>
    <message>
        <source>residual {first}  {second}  {third}</source>
        <translation>残差 {first}  {second}  {third}</translation>
    </message>
    <message>
        <source>right: {picture}</source>
        <translation>右：{picture}</translation>
    </message>
    <message>
        <source>run {number}: {model}</source>
        <translation>分析 {number}：{model}</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>separate faces {face} and {other}</source>
        <translation>分开人脸 {face} 与 {other}</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>无声</translation>
    </message>
    <message>
        <source>silent at this speed</source>
        <translation>此速度下无声音</translation>
    </message>
    <message>
        <source>split face {face} at frame {index}</source>
        <translation>在第 {index} 帧拆分人脸 {face}</translation>
    </message>
    <message>
        <source>start</source>
        <translation>开头</translation>
    </message>
    <message>
        <source>take in face {face}</source>
        <translation>纳入人脸 {face}</translation>
    </message>
    <message>
        <source>threshold {value:.2f}</source>
        <translation>阈值 {value:.2f}</translation>
    </message>
    <message>
        <source>threshold {value}</source>
        <translation>阈值 {value}</translation>
    </message>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
    <message>
        <source>turned by {degrees}°</source>
        <translation>旋转 {degrees}°</translation>
    </message>
    <message>
        <source>unfolded</source>
        <translation>已展开</translation>
    </message>
    <message>
        <source>untrained</source>
        <translation>未训练</translation>
    </message>
    <message>
        <source>variable rate</source>
        <translation>可变帧率</translation>
    </message>
    <message>
        <source>weighed on 1 frame in {stride}</source>
        <translation>每 {stride} 帧衡量 1 帧</translation>
    </message>
    <message>
        <source>weighed on each frame</source>
        <translation>每帧都衡量</translation>
    </message>
    <message>
        <source>whole video</source>
        <translation>整段视频</translation>
    </message>
    <message>
        <source>x {x}  y {y}   R {red}  G {green}  B {blue}</source>
        <translation>x {x}  y {y}   R {red}  G {green}  B {blue}</translation>
    </message>
    <message>
        <source>{cost} These weights were tested on {low} to {high} px.</source>
        <translation>{cost}该权重在 {low} 至 {high} 像素上经过测试。</translation>
    </message>
    <message>
        <source>{count} dropped</source>
        <translation>丢弃 {count} 帧</translation>
    </message>
    <message>
        <source>{count} frames</source>
        <translation>{count} 帧</translation>
    </message>
    <message>
        <source>{count} frames analyzed</source>
        <translation>已分析 {count} 帧</translation>
    </message>
    <message>
        <source>{count} frames of this video, about {time}; more frames catch shorter manipulations.</source>
        <translation>此视频的 {count} 帧，约需 {time}；帧数越多，越能发现短暂的篡改。</translation>
    </message>
    <message>
        <source>{count} frames yield no picture; they are listed as gaps in the report.</source>
        <translation>有 {count} 帧无法得到画面；它们在报告中列为缺口。</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>{count} ms</source>
        <translation>{count} 毫秒</translation>
    </message>
    <message>
        <source>{count} of {all}</source>
        <translation>{count} / {all}</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} 秒</translation>
    </message>
    <message>
        <source>{count} videos of the queue are still to be analyzed: {names}.</source>
        <translation>队列中还有 {count} 个视频待分析：{names}。</translation>
    </message>
    <message>
        <source>{cuts} cuts, {repeats} repeats</source>
        <translation>{cuts} 处切换，{repeats} 处重复</translation>
    </message>
    <message>
        <source>{faces} faces, {spans} spans that stay high</source>
        <translation>{faces} 张人脸，{spans} 个持续偏高的区段</translation>
    </message>
    <message>
        <source>{frames}, about {time} (a guess until the first analysis here)</source>
        <translation>{frames}，约需 {time}（首次在本机分析之前为估计值）</translation>
    </message>
    <message>
        <source>{frames}, about {time} (pace of the last analysis here)</source>
        <translation>{frames}，约需 {time}（按上次在本机分析的速度）</translation>
    </message>
    <message>
        <source>{grid} × {grid} patches</source>
        <translation>{grid} × {grid} 图块</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{key} belongs to “{action}”; take it from there, or press another.</source>
        <translation>{key} 已用于“{action}”；可改为此处使用，或按其他键。</translation>
    </message>
    <message>
        <source>{key} moves between controls or presses them; choose another key.</source>
        <translation>{key} 用于在控件间移动或按下控件；请选择其他键。</translation>
    </message>
    <message>
        <source>{key} opens the menu “{menu}”; choose another key.</source>
        <translation>{key} 用于打开菜单“{menu}”；请选择其他键。</translation>
    </message>
    <message>
        <source>{key} shows all keys.</source>
        <translation>{key} 显示所有快捷键。</translation>
    </message>
    <message>
        <source>{key}, then a click, explains what is clicked.</source>
        <translation>按 {key} 再单击，即可了解所单击的内容。</translation>
    </message>
    <message>
        <source>{marker} drops a marker at once.</source>
        <translation>{marker} 可立即添加标记。</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} 等另外 {count} 个</translation>
    </message>
    <message>
        <source>{name} (UNTRAINED)</source>
        <translation>{name}（未训练）</translation>
    </message>
    <message>
        <source>{name} (missing: take it off the list)</source>
        <translation>{name}（缺失：从列表移除）</translation>
    </message>
    <message>
        <source>{name} holds no video yet; open a video, or drop one here.</source>
        <translation>{name} 中尚无视频；请打开视频，或将其拖放到此处。</translation>
    </message>
    <message>
        <source>{name} is analyzed when its turn comes.</source>
        <translation>轮到 {name} 时将进行分析。</translation>
    </message>
    <message>
        <source>{name} is being analyzed, so it stays.</source>
        <translation>{name} 正在分析，因此保留。</translation>
    </message>
    <message>
        <source>{name} is in this case already, as {known}.</source>
        <translation>{name} 已在此案件中，名为 {known}。</translation>
    </message>
    <message>
        <source>{name} is not at {folder} any more; choose it in the list of videos to say where it is.</source>
        <translation>{name} 已不在 {folder} 中；请在视频列表中选择它并指明其位置。</translation>
    </message>
    <message>
        <source>{name} is not in the case any more; add it to analyze it.</source>
        <translation>{name} 已不在此案件中；请添加后再分析。</translation>
    </message>
    <message>
        <source>{name} lists {listed} frames, but {found} can be read: it is incomplete, or an edit list leaves some out.</source>
        <translation>{name} 列有 {listed} 帧，但只能读取 {found} 帧：文件不完整，或有编辑列表略去了一部分。</translation>
    </message>
    <message>
        <source>{name} was replaced or changed on the disk since it was opened; open it again.</source>
        <translation>{name} 打开后在磁盘上被替换或更改；请重新打开。</translation>
    </message>
    <message>
        <source>{name}, on screen</source>
        <translation>{name}，正在显示</translation>
    </message>
    <message>
        <source>{name}, untrained</source>
        <translation>{name}，未训练</translation>
    </message>
    <message>
        <source>{name}: {progress}</source>
        <translation>{name}：{progress}</translation>
    </message>
    <message>
        <source>{numbers}  (means nothing)</source>
        <translation>{numbers}  （无意义）</translation>
    </message>
    <message>
        <source>{progress} · {count} waiting</source>
        <translation>{progress} · {count} 个等待中</translation>
    </message>
    <message>
        <source>{progress} · {time} left</source>
        <translation>{progress} · 剩余 {time}</translation>
    </message>
    <message>
        <source>{score} Threshold {threshold}.</source>
        <translation>{score}阈值 {threshold}。</translation>
    </message>
    <message>
        <source>{size} compressed</source>
        <translation>压缩后 {size}</translation>
    </message>
    <message>
        <source>{threshold} Chosen in the settings after the run, which was set to {own}; a report says so, too.</source>
        <translation>{threshold} 此阈值是在分析之后于设置中选择的，分析本身设定为 {own}；报告也会说明这一点。</translation>
    </message>
    <message>
        <source>{value} per second</source>
        <translation>每秒 {value} 帧</translation>
    </message>
    <message>
        <source>{verdict}, so far</source>
        <translation>{verdict}（目前）</translation>
    </message>
    <message>
        <source>{what} of another video</source>
        <translation>另一视频的{what}</translation>
    </message>
    <message>
        <source>≠ analyzed</source>
        <translation>≠ 与所分析不一致</translation>
    </message>
    <message>
        <source>✓ analyzed</source>
        <translation>✓ 与所分析一致</translation>
    </message>
</context>
<context>
    <name>verdict</name>
    <message>
        <source>A false-positive rate of {asked} was asked for; the nearest that the weights state is {rate}.</source>
        <translation>要求的误报率为 {asked}；该权重给出的最接近的值为 {rate}。</translation>
    </message>
    <message>
        <source>All faces were left out by the examiner.</source>
        <translation>所有人脸均已被鉴定人排除。</translation>
    </message>
    <message>
        <source>Face {track} as a whole scores {fake_prob} and reaches the threshold {threshold}.</source>
        <translation>人脸 {track} 的整体得分为 {fake_prob}，达到阈值 {threshold}。</translation>
    </message>
    <message>
        <source>Face {track} as a whole scores {fake_prob}, below the threshold {threshold}.</source>
        <translation>人脸 {track} 的整体得分为 {fake_prob}，低于阈值 {threshold}。</translation>
    </message>
    <message>
        <source>Face {track} is high in frame {peak_frame} at {first_seconds} s: {peak}.</source>
        <translation>人脸 {track} 在 {first_seconds} 秒处的第 {peak_frame} 帧偏高：{peak}。</translation>
    </message>
    <message>
        <source>Face {track} is seen in fewer than {minimum} analyzed frames.</source>
        <translation>人脸 {track} 出现在不足 {minimum} 个已分析的帧中。</translation>
    </message>
    <message>
        <source>Face {track} lies below the threshold in {count} of its {total} analyzed frames.</source>
        <translation>人脸 {track} 在其 {total} 个已分析帧中有 {count} 帧低于阈值。</translation>
    </message>
    <message>
        <source>Face {track} measures {value} px, outside the tested {low} to {high} px.</source>
        <translation>人脸 {track} 的尺寸为 {value} 像素，超出经测试的 {low} 至 {high} 像素。</translation>
    </message>
    <message>
        <source>Face {track} nowhere stays high and as a whole scores {fake_prob}, below the threshold {threshold}.</source>
        <translation>人脸 {track} 没有任何时段持续偏高，整体得分为 {fake_prob}，低于阈值 {threshold}。</translation>
    </message>
    <message>
        <source>Face {track} scores {fake_prob} (95 % interval {low} to {high}) and reaches the threshold {threshold}; in testing, {rate} of the real videos reached it.</source>
        <translation>人脸 {track} 的得分为 {fake_prob}（95 % 区间 {low} 至 {high}），达到阈值 {threshold}；测试中有 {rate} 的真实视频达到该阈值。</translation>
    </message>
    <message>
        <source>Face {track} stays high (above or near the threshold) from {first_seconds} s to {last_seconds} s (frames {first_frame}-{last_frame}), peak {peak} at frame {peak_frame}.</source>
        <translation>人脸 {track} 从 {first_seconds} 秒到 {last_seconds} 秒（第 {first_frame}-{last_frame} 帧）持续偏高（高于或接近阈值），峰值 {peak} 位于第 {peak_frame} 帧。</translation>
    </message>
    <message>
        <source>Further spans in which a face stays high: {count}.</source>
        <translation>其他人脸持续偏高的区段：{count}。</translation>
    </message>
    <message>
        <source>Left out by the examiner: face {tracks}.</source>
        <translation>被鉴定人排除：人脸 {tracks}。</translation>
    </message>
    <message>
        <source>No face was found in any of the {total} analyzed frames.</source>
        <translation>在 {total} 个已分析帧中均未找到人脸。</translation>
    </message>
    <message>
        <source>No frame could be analyzed.</source>
        <translation>没有可以分析的帧。</translation>
    </message>
    <message>
        <source>No judged face reaches the threshold {threshold}; the highest, face {track}, scores {fake_prob} (95 % interval {low} to {high}).</source>
        <translation>没有受判定的人脸达到阈值 {threshold}；得分最高的人脸 {track} 为 {fake_prob}（95 % 区间 {low} 至 {high}）。</translation>
    </message>
    <message>
        <source>Outside the tested conditions and not judged: face {tracks}.</source>
        <translation>超出经测试的条件，未作判定：人脸 {tracks}。</translation>
    </message>
    <message>
        <source>Seen in fewer than {minimum} analyzed frames and not judged: face {tracks}.</source>
        <translation>出现在不足 {minimum} 个已分析帧中，未作判定：人脸 {tracks}。</translation>
    </message>
    <message>
        <source>Spans in which a face stays high: {count}. The score of a whole face dilutes a short manipulated span.</source>
        <translation>人脸持续偏高的区段：{count}。整张人脸的得分会冲淡短暂的篡改区段。</translation>
    </message>
    <message>
        <source>That nothing was detected does not show that the video is authentic.</source>
        <translation>未检出异常并不表明该视频真实可信。</translation>
    </message>
    <message>
        <source>The 95 % interval of face {track}, {low} to {high}, reaches to both sides of the threshold {threshold}.</source>
        <translation>人脸 {track} 的 95 % 区间 {low} 至 {high} 跨越阈值 {threshold} 的两侧。</translation>
    </message>
    <message>
        <source>The fake probability of face {track}, {fake_prob}, lies in the band from {low} to {high} in which these weights do not decide.</source>
        <translation>人脸 {track} 的伪造概率 {fake_prob} 位于 {low} 至 {high} 之间，该权重在此范围内不作判定。</translation>
    </message>
    <message>
        <source>The network is untrained (random weights): its numbers mean nothing.</source>
        <translation>网络未经训练（随机权重）：其数值没有意义。</translation>
    </message>
    <message>
        <source>The operating point was chosen after the run: a false-positive rate of {asked} instead of the run's own, {own}.</source>
        <translation>工作点是在分析之后选择的：误报率为 {asked}，而不是分析自身的 {own}。</translation>
    </message>
    <message>
        <source>The sharpness of face {track} is {value}, outside the tested {low} to {high}.</source>
        <translation>人脸 {track} 的清晰度为 {value}，超出经测试的 {low} 至 {high}。</translation>
    </message>
    <message>
        <source>The threshold was set for a false-positive rate of {asked}; in testing, {rate} of the real videos reached it.</source>
        <translation>该阈值按 {asked} 的误报率设定；测试中有 {rate} 的真实视频达到该阈值。</translation>
    </message>
    <message>
        <source>The video has {value} bits per pixel, outside the tested {low} to {high}.</source>
        <translation>该视频每像素 {value} 比特，超出经测试的 {low} 至 {high}。</translation>
    </message>
    <message>
        <source>The video is coded as {value}, which was not tested.</source>
        <translation>该视频的编码为 {value}，未经测试。</translation>
    </message>
    <message>
        <source>The video is in high dynamic range, for which the network was not tested.</source>
        <translation>该视频为高动态范围，网络未针对此类视频进行测试。</translation>
    </message>
    <message>
        <source>The weights {model} are not calibrated: their fake probability is not a probability.</source>
        <translation>权重 {model} 未经校准：其伪造概率不是概率。</translation>
    </message>
    <message>
        <source>The weights {model} do not state under which conditions they were tested.</source>
        <translation>权重 {model} 未说明在何种条件下经过测试。</translation>
    </message>
    <message>
        <source>The weights {model} state no threshold with measured error rates.</source>
        <translation>权重 {model} 未给出带有实测错误率的阈值。</translation>
    </message>
    <message>
        <source>The {condition} of this video is not known and was not compared with the tested range.</source>
        <translation>此视频的{condition}未知，未与经测试的范围比较。</translation>
    </message>
    <message>
        <source>face size</source>
        <translation>人脸尺寸</translation>
    </message>
    <message>
        <source>number of bits per pixel</source>
        <translation>每像素比特数</translation>
    </message>
    <message>
        <source>sharpness</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>{count} of the {total} frames of the file were not analyzed.</source>
        <translation>文件的 {total} 帧中有 {count} 帧未分析。</translation>
    </message>
    <message>
        <source>{count} of {total} analyzed frames show a face below {smallest} px, which was not analyzed.</source>
        <translation>{total} 个已分析帧中有 {count} 帧出现小于 {smallest} 像素的人脸，未作分析。</translation>
    </message>
    <message>
        <source>{count} of {total} analyzed frames show no face of at least {smallest} px.</source>
        <translation>{total} 个已分析帧中有 {count} 帧没有至少 {smallest} 像素的人脸。</translation>
    </message>
</context>
</TS>
