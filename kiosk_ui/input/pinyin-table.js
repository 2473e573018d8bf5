/** Characters and words that travellers type, by pinyin without tones, the likelier first. Not a dictionary of Chinese. */

const CHARACTERS = `
a 啊阿 ai 爱矮 an 安按岸暗 ba 吧八把爸巴 bai 白百摆 ban 班办半板版 bang 帮旁 bao 包报保宝抱 bei 北被杯备背 ben 本 bi 比笔必币闭 bian 边便变
biao 表标 bie 别 bin 宾滨 bing 病冰饼并 bo 博波播 bu 不部步布补 ca 擦 cai 才菜财采 can 餐参残 cang 仓 cao 草操 ce 厕测侧策 ceng 层曾 cha 查茶差插
chan 产 chang 场长常厂唱 chao 超朝潮 che 车 chen 晨陈 cheng 城成程乘称 chi 吃迟尺池 chong 充重虫冲 chou 抽 chu 出处初除 chuan 船穿传川 chuang 床窗 chun 春
ci 次此词 cong 从聪 cu 粗 cuo 错 cun 存村 da 大打达答 dai 带代待袋 dan 单但蛋担 dang 当 dao 到道倒岛导 de 的得地德 deng 等灯登 di 地第低弟底敌 dian 点电店典
diao 掉 ding 定丁顶 diu 丢 dong 东动懂冬 dou 都豆 du 读度都独肚 duan 段短断 dui 对队 duo 多朵 e 饿额 er 二儿耳 fa 发法 fan 反饭返翻范 fang 方房放防
fei 非费飞肥 fen 分份粉 feng 风封丰 fu 服付府父富福复 gai 该改 gan 感干赶 gang 港刚 gao 高告 ge 个各哥歌 gei 给 gen 跟 geng 更 gong 公工共功宫 gou 够狗购
gu 古故顾谷 gua 挂瓜 guan 关馆管观 guang 广光 gui 贵归柜 guo 国过果 ha 哈 hai 还海孩 han 汉韩喊 hang 行航 hao 好号毫 he 和喝河合何 hei 黑 hen 很 hong 红
hou 后候厚 hu 湖护户互 hua 话花化画华 huai 坏怀 huan 换还欢环 huang 黄 hui 会回汇灰 hun 婚 huo 火或活货 ji 几机级急记鸡寄季 jia 家加价假 jian 间见件建检减
jiang 江将讲 jiao 叫交教角脚 jie 接街节姐借结 jin 进今金近紧 jing 京经静警景 jiu 九就酒久救 ju 局句举剧 juan 卷 jue 觉决 jun 军 ka 卡咖 kai 开 kan 看 kang 康
kao 靠考烤 ke 可科客课渴 kong 空恐 kou 口扣 ku 哭苦库 kuai 快块 kuan 宽款 kun 困 la 拉辣 lai 来 lan 蓝篮烂 lang 浪 lao 老 le 了乐 lei 类累 leng 冷 li 里离理利力历
lian 连联脸 liang 两亮量凉 liao 料 lin 林临邻 ling 零领令 liu 六流留 long 龙 lou 楼漏 lu 路陆录绿 lv 旅绿律 lun 轮 luo 落 ma 吗妈马码 mai 买卖 man 满慢 mang 忙
mao 毛猫 mei 没每美梅 men 门们 meng 梦 mi 米迷密 mian 面免 miao 秒 min 民 ming 明名 mo 末摸 mu 母木目 na 那哪拿 nai 奶 nan 南男难 nao 脑闹 ne 呢 nei 内 neng 能
ni 你 nian 年 niao 鸟 nin 您 niu 牛 nong 农 nuan 暖 nv 女 ou 欧 pa 怕 pai 牌排 pan 盘 pang 旁胖 pao 跑 pei 陪配 peng 朋碰 pi 皮批 pian 片便 piao 票漂 pin 品
ping 平瓶 po 破坡 pu 铺普 qi 起七期其气汽骑 qian 前钱千签 qiang 强墙 qiao 桥 qie 切且 qin 亲 qing 请清轻情青 qiu 求球秋 qu 去区取 quan 全 que 却确 qun 群 ran 然
rang 让 re 热 ren 人认 ri 日 rong 容 rou 肉 ru 如入 ruan 软 san 三伞 se 色 sen 森 sha 沙杀 shan 山 shang 上商 shao 少 she 设社 shei 谁 shen 什身深 sheng 生声升省
shi 是时十事市室使试式师 shou 手收受首售 shu 书数树输 shua 刷 shui 水睡谁 shuo 说 si 四司 song 送 su 速诉宿 suan 算 sui 岁随 suo 所锁 ta 他她它塔 tai 台太 tan 谈
tang 堂糖汤 tao 套桃 te 特 teng 疼 ti 题提体梯 tian 天田 tiao 条跳 tie 铁 ting 停听厅 tong 通同 tou 头 tu 图土途 tui 推退 tuo 托 wa 外 wai 外 wan 完晚玩万 wang 往王网
wei 为位卫未喂 wen 问温文 wo 我 wu 五无午物务 xi 西洗喜希系 xia 下夏 xian 线先现险 xiang 想向相香箱 xiao 小校笑 xie 谢些写鞋 xin 新心信 xing 行星姓 xiong 兄 xiu 修休
xu 需许 xue 学雪 ya 呀 yan 言烟眼 yang 样阳 yao 要药 ye 也夜业 yi 一以已意医衣椅 yin 银因音饮 ying 应英影 yong 用 you 有又右由友邮游 yu 语鱼雨于育 yuan 元园远院员
yue 月越 yun 云运 za 杂 zai 在再 zan 咱 zang 脏 zao 早 ze 则 zen 怎 zhan 站展 zhang 张丈 zhao 找照 zhe 这着者 zhen 真 zheng 正整证 zhi 只知直支指 zhong 中种重钟
zhou 周洲 zhu 住主助注 zhuan 转专 zhuang 装 zhun 准 zhuo 桌 zi 子自字 zong 总 zou 走 zu 足 zui 最 zuo 做坐左作
`;

const WORDS = `
huoche 火车 lieche 列车 ditie 地铁 gaotie 高铁 gongjiaoche 公交车 chuzuche 出租车 jichang 机场 feiji 飞机 chezhan 车站 zhantai 站台 huochezhan 火车站 zhongyangzhan 中央站
xiayiban 下一班 xiayitang 下一趟 shangyiban 上一班 zuihouyiban 最后一班 mobanche 末班车 shoubanche 首班车 xishoujian 洗手间 cesuo 厕所 weishengjian 卫生间
wuzhangai 无障碍 dianti 电梯 zhiti 直梯 futi 扶梯 louti 楼梯 chukou 出口 rukou 入口 shoupiaochu 售票处 shoupiaoji 售票机 chepiao 车票 maipiao 买票 tuipiao 退票 xunwenchu 询问处
fuwutai 服务台 gongzuorenyuan 工作人员 xingli 行李 jicun 寄存 shiwuzhaoling 失物招领 canting 餐厅 kafei 咖啡 kafeiting 咖啡厅 shangdian 商店 chaoshi 超市 yaodian 药店 yinhang 银行
qukuanji 取款机 tingchechang 停车场 houcheshi 候车室 yiwushi 医务室 jingcha 警察 chongdian 充电 wangluo 网络 kongqi 空气 kongqizhiliang 空气质量 wendu 温度 zenmeyang 怎么样
zenme 怎么 nali 哪里 nar 哪儿 zaina 在哪 zainali 在哪里 jidian 几点 jidianle 几点了 shijian 时间 shenmeshihou 什么时候 shenme 什么 duoshao 多少 duojiu 多久 duoyuan 多远
jihao 几号 yihao 一号 erhao 二号 sanhao 三号 sihao 四号 wuhao 五号 haoxian 号线 jintian 今天 mingtian 明天 xianzai 现在 zaoshang 早上 shangwu 上午 zhongwu 中午 xiawu 下午 wanshang 晚上
wo 我 woyao 我要 woxiang 我想 qing 请 qingwen 请问 xiexie 谢谢 nihao 你好 zaijian 再见 bangzhu 帮助 bangmang 帮忙 jinji 紧急 jiuming 救命 huojing 火警 shoushang 受伤 milu 迷路
ni 你 nineng 你能 nengzuoshenme 能做什么 jilu 记录 luyin 录音 zhongwen 中文 yingwen 英文 hanyu 韩语 yingyu 英语 shuo 说 qu 去 dao 到 kaimen 开门 guanmen 关门 kaifang 开放 yingye 营业
daxue 大学 yiyuan 医院 shizhongxin 市中心 shizhengfu 市政府 gangkou 港口 matou 码头 haitan 海滩 bowuguan 博物馆 tiyuguan 体育馆 gongyuan 公园 guangchang 广场 laocheng 老城 dongwuyuan 动物园 zhiwuyuan 植物园
`;

/** @param {string} table @returns {[string, string][]} */
function pairs(table) {
  const fields = table.trim().split(/\s+/);
  return fields.flatMap((field, i) => (i % 2 === 0 ? [/** @type {[string, string]} */ ([field, fields[i + 1] ?? ""])] : []));
}

/** Pinyin and the characters read so, one string of them. @type {[string, string][]} */
export const SYLLABLES = pairs(CHARACTERS);

/** Pinyin and a word. @type {[string, string][]} */
export const PHRASES = pairs(WORDS).filter(([, word]) => word.length > 1);
